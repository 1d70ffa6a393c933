"""Applications: start, list, read, fill in."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StringConstraints

from services.applications.api.application_view import ApplicationSummary, ApplicationView, summary_of
from services.applications.api.desk import AtDesk
from services.applications.api.reading import READ, WRITE, as_reader, seen, shown, viewer
from services.applications.domain.answer import Change, Changes, Wanted
from services.applications.domain.applicant import require_may_apply
from services.applications.domain.application import Application
from services.applications.features.change_application import change_application
from services.applications.features.start_application import start_application
from services.applications.store import applications, handlings
from shared.auth.dependencies import Citizen, CitizenOrMachine
from shared.auth.principals import Kind, Principal
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.dates import oslo_day
from shared.db.idempotency import remember, remembered
from shared.db.transaction import Transaction
from shared.domain import FieldFault, InvalidInput, NotFound
from shared.problems import responses
from shared.web import (
    Cursor,
    FreeText,
    IdempotencyKey,
    IfMatch,
    Page,
    PageLimit,
    Slug,
    decode_cursor,
    encode_cursor,
    etag,
    moment,
)

router = APIRouter(prefix="/applications/v1/applications", tags=["applications"])
MOST = 10**12
Whole = Annotated[StrictInt, Field(ge=-MOST, le=MOST)]
Decimal = Annotated[StrictFloat, Field(ge=-MOST, le=MOST, allow_inf_nan=False)]
Word = Annotated[str, StringConstraints(max_length=100)]
ChildFilter = Annotated[
    str | None,
    Query(pattern="^[A-Za-z0-9-]{1,100}$", description="only this child; an organisation says its own pseudonym"),
]
After = tuple[datetime, UUID] | None


class StartBody(BaseModel):
    """Which form, for which child."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"child_id": "0197c0de-0000-7000-8000-000000000002", "form_id": "hjelpestonad"}},
    )

    child_id: UUID
    form_id: Slug = Field(description="a form's id; the same as the right's")


class AnswerBody(BaseModel):
    """One answer of the applicant's own. known: the value; not_known: "vet ikke"; withdrawn: back to what was filled in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"fact": "private_care_provided", "state": "known", "value": True}},
    )

    fact: Slug
    state: Wanted
    value: StrictBool | Whole | Decimal | Word | Annotated[list[Word], Field(max_length=100)] | None = None


class ChangeBody(BaseModel):
    """What the applicant changes in the draft, all or nothing."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "answers": [{"fact": "private_care_provided", "state": "known", "value": True}],
                "free_text": "Vi er oppe flere ganger hver natt.",
            }
        },
    )

    answers: list[AnswerBody] = Field(default=[], max_length=100)
    free_text: FreeText | None = Field(default=None, description="left out or null: as it was; empty: taken away")


@router.post(
    "", status_code=201, summary="Start an application", responses=responses(400, 401, 403, 404, 409, 422, 503)
)
async def start(
    body: StartBody, caller: Citizen, desk: AtDesk, key: IdempotencyKey, response: Response
) -> ApplicationView:
    """A draft of your own, filled in with what is known already; each answer says where it comes from."""
    subject = caller.covers(body.child_id, WRITE)
    form = desk.shelf.forms.get(body.form_id)
    if form is None:
        with desk.speech.faults():
            raise InvalidInput(FieldFault("form_id", "unknown-form", "the id of a form of GET /applications/v1/forms"))
    profile = await desk.mapping.profile(body.child_id)
    relation = require_may_apply(form, subject.ground, profile.age_on(oslo_day(desk.database.clock.now())))
    async with desk.database.begin(caller) as tx:
        known = await remembered(tx, key)
        if known:
            draft = await applications.find(tx, UUID(known.resource_id))
        else:
            draft = await start_application(tx, form, profile, relation)
            await remember(tx, key, resource_id=str(draft.id), etag=etag(draft.revision))
        handling = await handlings.of(tx, draft)
        await tx.reads(draft.child_id, "application")
    response.headers["Location"] = f"{router.prefix}/{draft.id}"
    return shown(draft, caller, WRITE, desk, response, handling=handling)


@router.get("", summary="Applications", responses=responses(400, 401, 403, 404, 503))
async def list_applications(
    caller: CitizenOrMachine, desk: AtDesk, cursor: Cursor, limit: PageLimit = 50, child_id: ChildFilter = None
) -> Page[ApplicationSummary]:
    """A citizen: your own drafts and your children's sent applications. An organisation: what is addressed to it. Newest first."""
    after = decode_cursor(cursor, moment, UUID) if cursor else None
    async with desk.database.begin(caller) as tx:
        found = await _found(tx, child_id, after=after, limit=limit + 1)
        page = found[:limit]
        for application in {each.child_id: each for each in page}.values():
            await as_reader(tx, application).reads(application.child_id, "applications")
    last = page[-1] if len(found) > limit else None
    items = [
        summary_of(each, viewer(each, caller, READ), desk.speech, authority=desk.authority_of(each)) for each in page
    ]
    return Page(items=items, next=encode_cursor(_place(last, caller).isoformat(), str(last.id)) if last else None)


@router.get(
    "/{application_id}",
    summary="One application",
    response_model=ApplicationView,
    responses=kept_responses(401, 403, 404, 410, 503, versioned=True),
)
async def read_application(
    application_id: UUID, caller: CitizenOrMachine, desk: AtDesk, if_none_match: IfNoneMatch = None
) -> Response:
    """The draft as it stands, or what was sent in, word for word. Another guardian does not see the applicant's own facts."""
    async with desk.database.begin(caller) as tx:
        application = await applications.find(tx, application_id)
        viewer(application, caller, READ)
        handling = await handlings.of(tx, application)
        await as_reader(tx, application).reads(application.child_id, "application")
    view = seen(application, caller, READ, desk, handling=handling)
    return conditional(Kept.of(view, version=view.version), desk.speech.lang, if_none_match)


@router.patch("/{application_id}", summary="Fill in", responses=responses(400, 401, 403, 404, 409, 412, 422, 428, 503))
async def change(
    application_id: UUID, body: ChangeBody, caller: Citizen, desk: AtDesk, if_match: IfMatch, response: Response
) -> ApplicationView:
    """Your own answers and words. They count in this application only; what you have told elsewhere stays as it is."""
    wanted = Changes(tuple(Change(each.fact, each.state, each.value) for each in body.answers), body.free_text)
    with desk.speech.faults():
        async with desk.database.begin(caller) as tx:
            draft = await applications.find(tx, application_id)
            caller.covers(draft.child_id, WRITE)
            draft = await change_application(tx, application_id, wanted, desk.form_of(draft), revision=if_match)
            handling = await handlings.of(tx, draft)
            await tx.reads(draft.child_id, "application")
    return shown(draft, caller, WRITE, desk, response, handling=handling)


async def _found(tx: Transaction, child_id: str | None, *, after: After, limit: int) -> list[Application]:
    caller = tx.principal
    if caller.kind is Kind.MACHINE:
        return await applications.addressed_to(tx, caller.org or "", alias=child_id, after=after, limit=limit)
    wanted = [_uuid(child_id)] if child_id else list(caller.subjects)
    for child in wanted:
        caller.covers(child, READ)
    return await applications.of_children(tx, wanted, after=after, limit=limit)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise NotFound from fault


def _place(application: Application, caller: Principal) -> datetime:
    """What the list is ordered by: a citizen's by when it was started, an organisation's by when it was sent."""
    return (application.submitted_at if caller.kind is Kind.MACHINE else None) or application.created_at
