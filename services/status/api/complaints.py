"""The family complains (klage), follows the complaint, and may take it back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from services.status.api.complaint_view import LONG, ComplaintView, view_of
from services.status.api.desk import AtDesk, Desk
from services.status.domain.case import Case
from services.status.domain.complaint import Complaint, Party, Said
from services.status.domain.errors import LateWithoutReason
from services.status.domain.right_to_complain import require_right
from services.status.features.file_complaint import Filing, file_complaint
from services.status.features.withdraw_complaint import withdraw_complaint
from services.status.store import cases, complaints
from shared.auth.dependencies import Citizen
from shared.auth.principals import Principal
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.dates import oslo_day
from shared.db.idempotency import remember, remembered
from shared.domain import FieldFault, InvalidInput
from shared.problems import responses
from shared.web import IdempotencyKey, IfMatch, etag, printable, set_etag

router = APIRouter(prefix="/status/v1", tags=["complaints"])
READ, WRITE = "case.read", "complaint.write"
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONG), AfterValidator(printable)
]


class ComplaintBody(BaseModel):
    """What you complain about, in your own words."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "example": {
                "about": "Vedtaket sier at hun sover om natten. Det gjør hun ikke.",
                "wish": "Hjelpestønad fra oktober.",
                "late_reason": None,
            }
        },
    )

    about: Words
    wish: Words | None = None
    late_reason: Words | None = None


@router.post(
    "/cases/{case_id}/complaints",
    status_code=201,
    summary="Complain",
    responses=responses(400, 401, 403, 404, 409, 410, 422, 503),
)
async def complain(
    case_id: UUID, body: ComplaintBody, caller: Citizen, desk: AtDesk, key: IdempotencyKey, response: Response
) -> ComplaintView:
    """Sends a complaint on the case's decision to whoever decided. After the last day it is taken with `late_reason`, and marked late."""
    async with desk.database.begin(caller) as tx:
        case = await cases.find(tx, case_id)
        caller.covers(case.child_id, WRITE)
        known = await remembered(tx, key)
        sent = await complaints.find(tx, UUID(known.resource_id)) if known else None
        earlier = await complaints.of_cases(tx, [case_id])
        await tx.reads(case.child_id, "complaint")
    if sent is None:
        require_right(case, desk.law, earlier)
        filing = await _filing(case, body, caller, desk)
        sent = await _send(case_id, filing, caller, desk, key)
    response.headers["Location"] = f"{router.prefix}/complaints/{sent.id}"
    return _shown(sent, caller, WRITE, desk, response)


@router.get(
    "/complaints/{complaint_id}",
    summary="One complaint",
    response_model=ComplaintView,
    responses=kept_responses(401, 403, 404, 410, 503, versioned=True),
)
async def read_complaint(
    complaint_id: UUID, caller: Citizen, desk: AtDesk, if_none_match: IfNoneMatch = None
) -> Response:
    """Where the complaint stands, whose move it is, the law's time limits for it, and what everyone wrote."""
    async with desk.database.begin(caller) as tx:
        complaint = await complaints.find(tx, complaint_id)
        caller.covers(complaint.child_id, READ)
        await tx.reads(complaint.child_id, "complaint")
    view = _view(complaint, caller, READ, desk)
    return conditional(Kept.of(view, version=view.version), desk.speech.lang, if_none_match)


@router.post(
    "/complaints/{complaint_id}/withdrawal",
    status_code=201,
    summary="Take a complaint back",
    responses=responses(400, 401, 403, 404, 409, 410, 412, 428, 503),
)
async def withdraw(
    complaint_id: UUID, caller: Citizen, desk: AtDesk, if_match: IfMatch, response: Response
) -> ComplaintView:
    """Only the one who complained can, and only while it has not ended. Whoever has it sees from then on only that it was withdrawn."""
    async with desk.database.begin(caller) as tx:
        found = await complaints.find(tx, complaint_id)
        caller.covers(found.child_id, WRITE)
        withdrawn = await withdraw_complaint(tx, complaint_id, version=if_match)
        await tx.reads(found.child_id, "complaint")
    return _shown(withdrawn, caller, WRITE, desk, response)


async def _filing(case: Case, body: ComplaintBody, caller: Principal, desk: Desk) -> Filing:
    """Who has it first, and what they call the child. Asked before the transaction."""
    subject = caller.covers(case.child_id, WRITE)
    orgnr = case.authority_org or await desk.applications.party(case.id, case.child_id)
    alias = await desk.mapping.pseudonym(orgnr, case.child_id)
    said = Said(about=body.about, wish=body.wish, late_reason=body.late_reason)
    return Filing(said, subject.ground, Party(orgnr, alias), subject.protected or case.authority_org is None)


async def _send(case_id: UUID, filing: Filing, caller: Principal, desk: Desk, key: IdempotencyKey) -> Complaint:
    try:
        async with desk.database.begin(caller) as tx:
            if known := await remembered(tx, key):
                return await complaints.find(tx, UUID(known.resource_id))
            sent = await file_complaint(tx, case_id, filing, law=desk.law)
            await remember(tx, key, resource_id=str(sent.id), etag=etag(sent.version))
            return sent
    except LateWithoutReason as late:
        words = desk.speech.fault("late-reason-missing", late.last_day)
        raise InvalidInput(FieldFault("late_reason", "late-reason-missing", "why it is late", words)) from late


def _shown(complaint: Complaint, caller: Principal, action: str, desk: Desk, response: Response) -> ComplaintView:
    set_etag(response, complaint.version)
    return _view(complaint, caller, action, desk)


def _view(complaint: Complaint, caller: Principal, action: str, desk: Desk) -> ComplaintView:
    subject = caller.covers(complaint.child_id, action)
    today = oslo_day(desk.database.clock.now())
    return view_of(complaint, caller, subject, desk.law, desk.speech, today=today)
