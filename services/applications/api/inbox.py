"""The inbox of an organisation that decides: what was sent to it, acknowledged, and asked for more. What was sent to others is not there."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from services.applications.api.desk import AtDesk
from services.applications.api.handling_view import DocumentationRequestView, request_view
from services.applications.api.inbox_reading import INBOX_READ, INBOX_WRITE, addressed
from services.applications.api.inbox_view import InboxApplication, InboxItem, item_of, whole
from services.applications.api.reading import as_reader
from services.applications.api.written import Asked, CaseReference
from services.applications.domain.application import Status
from services.applications.features.acknowledge_application import acknowledge_application
from services.applications.features.request_documentation import request_documentation
from services.applications.store import attachments, handlings, inbox
from shared.auth.dependencies import Machine
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.db.idempotency import remember, remembered
from shared.domain import Forbidden
from shared.once import TakenOnce
from shared.problems import responses
from shared.web import Cursor, Page, PageLimit, decode_cursor, encode_cursor, etag, moment, set_etag

router = APIRouter(prefix="/applications/v1/inbox", tags=["inbox"])


class InboxState(StrEnum):
    """new: not acknowledged yet; open: acknowledged and not decided; closed: decided or withdrawn."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


STATUSES = {
    InboxState.NEW: (Status.SUBMITTED,),
    InboxState.OPEN: (Status.RECEIVED, Status.DOCUMENTATION_REQUESTED),
    InboxState.CLOSED: (Status.DECIDED, Status.WITHDRAWN),
}
EVERY = tuple(status for statuses in STATUSES.values() for status in statuses)
ByState = Annotated[InboxState | None, Query(description="only these; left out: all")]


class ReceiptBody(BaseModel):
    """That you have it, and what you call the case."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"case_reference": "2026/01234"}})

    case_reference: CaseReference | None = Field(default=None, description="your own case number; the family sees it")


class RequestBody(BaseModel):
    """What the family is asked for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"what": "En uttalelse fra lege om behovet for tilsyn om natten.", "deadline": "2027-12-15"}
        },
    )

    what: Asked = Field(description="in Norwegian, short sentences: the family reads it as you write it")
    deadline: date = Field(description="the last day to answer; after today")


@router.get("", summary="The inbox", responses=responses(400, 401, 403, 503))
async def list_inbox(
    caller: Machine, desk: AtDesk, cursor: Cursor, limit: PageLimit = 50, state: ByState = None
) -> Page[InboxItem]:
    """What was sent to your organisation, oldest first. Follow `next` to the end; what comes in later comes after it."""
    after = decode_cursor(cursor, moment, UUID) if cursor else None
    if caller.action != INBOX_READ:
        raise Forbidden
    wanted = STATUSES[state] if state else EVERY
    async with desk.database.begin(caller) as tx:
        found = await inbox.addressed_to(tx, caller.org or "", wanted, after=after, limit=limit + 1)
        page = found[:limit]
        for application in {each.child_id: each for each in page}.values():
            await as_reader(tx, application).reads(application.child_id, "applications")
    items = [item_of(each) for each in page]
    last = items[-1] if len(found) > limit else None
    return Page(items=items, next=encode_cursor(last.submitted_at.isoformat(), str(last.id)) if last else None)


@router.get(
    "/{application_id}",
    summary="One application",
    response_model=InboxApplication,
    responses=kept_responses(401, 403, 404, 410, 503, versioned=True),
)
async def read_addressed(
    application_id: UUID, caller: Machine, desk: AtDesk, if_none_match: IfNoneMatch = None
) -> Response:
    """What was sent, word for word, with who said what and when; what you have asked for; your decision. The read is in the family's log."""
    async with desk.database.begin(caller) as tx:
        application, reader = await addressed(tx, application_id, INBOX_READ)
        handling = await handlings.of(tx, application)
        attached = await attachments.of(tx, application_id)
    view = whole(application, handling, attached, reader, desk.speech)
    return conditional(Kept.of(view, version=view.version), desk.speech.lang, if_none_match)


@router.post(
    "/{application_id}/receipt",
    status_code=201,
    summary="Acknowledge",
    responses=responses(400, 401, 403, 404, 409, 412, 422, 428, 503),
)
async def acknowledge(
    application_id: UUID, body: ReceiptBody, caller: Machine, desk: AtDesk, once: TakenOnce, response: Response
) -> InboxItem:
    """The family sees that you have it. The first step of every case."""
    async with desk.database.begin(caller) as tx:
        known = await remembered(tx, once.key)
        application, _ = await addressed(tx, application_id, INBOX_WRITE)
        if not known:
            application = await acknowledge_application(tx, application_id, body.case_reference, version=once.version)
            await remember(tx, once.key, resource_id=str(application_id), etag=etag(application.version))
    set_etag(response, application.version)
    return item_of(application)


@router.post(
    "/{application_id}/documentation-requests",
    status_code=201,
    summary="Ask for documentation",
    responses=responses(400, 401, 403, 404, 409, 412, 422, 428, 503),
)
async def ask(
    application_id: UUID, body: RequestBody, caller: Machine, desk: AtDesk, once: TakenOnce, response: Response
) -> DocumentationRequestView:
    """One thing at a time: until the family has answered, the case waits for it. You may still decide. The ETag is the application's."""
    with desk.speech.faults():
        async with desk.database.begin(caller) as tx:
            known = await remembered(tx, once.key)
            application, _ = await addressed(tx, application_id, INBOX_WRITE)
            if known:
                request = (await handlings.of(tx, application)).request(UUID(known.resource_id))
            else:
                application, request = await request_documentation(
                    tx, application_id, body.what, body.deadline, version=once.version
                )
                await remember(tx, once.key, resource_id=str(request.id), etag=etag(application.version))
    set_etag(response, application.version)
    return request_view(request)
