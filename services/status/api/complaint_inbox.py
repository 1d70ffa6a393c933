"""Complaints for the organisations that have them: the authority from the filing, the appeal body from the forwarding; nobody else."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.status.api.complaint_view import LONG
from services.status.api.desk import AtDesk, Desk
from services.status.api.inbox_view import InboxComplaint, InboxItem, bodies_for, item_of, whole_of
from services.status.domain.complaint import Complaint, Move, Outcome, Party, Role, require
from services.status.domain.errors import ImpossibleDay
from services.status.features.decide_complaint import decide_complaint
from services.status.features.forward_complaint import forward_complaint
from services.status.features.reassess_complaint import reassess_complaint
from services.status.features.receive_complaint import receive_complaint
from services.status.store import complaints
from shared.auth.dependencies import Machine
from shared.auth.principals import Principal, Subject
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.dates import oslo_day
from shared.db.idempotency import IdempotencyKey as Key
from shared.db.idempotency import remember, remembered
from shared.db.transaction import Transaction
from shared.domain import FieldFault, InvalidInput, NotFound
from shared.problems import responses
from shared.web import (
    Cursor,
    IdempotencyKey,
    IfMatch,
    Page,
    PageLimit,
    check_match,
    decode_cursor,
    encode_cursor,
    etag,
    moment,
    printable,
    set_etag,
)

router = APIRouter(prefix="/status/v1/complaint-inbox", tags=["complaints for organisations"])
READ, WRITE, PARTY = "inbox.read", "inbox.write", "party"
STEP = responses(400, 401, 403, 404, 409, 410, 412, 422, 428, 503)
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONG), AfterValidator(printable)
]
Change = Callable[[Transaction], Awaitable[Complaint]]


class ReassessmentBody(BaseModel):
    """upheld: the decision stands and the complaint is to be sent on. changed: you change it yourself, and the complaint is closed."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "example": {"outcome": "upheld", "reasons": "Vi har sett på saken igjen og står ved vedtaket."}
        },
    )

    outcome: Literal["upheld", "changed"]
    reasons: Words


class ForwardingBody(BaseModel):
    """To which appeal body, and what you say to it. The family sees the statement."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"example": {"to": "312481383", "statement": "Vi mener at vilkårene ikke er oppfylt."}},
    )

    to: str = Field(pattern=r"^\d{9}$", max_length=9, description="one of the complaint's `forward_to`")
    statement: Words | None = None


class DecisionBody(BaseModel):
    """What the appeal body decided, and why."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "example": {"outcome": "reversed", "reasons": "Vilkårene er oppfylt.", "decided_at": "2026-12-15"}
        },
    )

    outcome: Literal["upheld", "reversed", "partly-reversed", "sent-back"]
    reasons: Words
    decided_at: date


class Turn(NamedTuple):
    """What a step comes with: the client's key, and the version that it saw."""

    key: Key
    version: int


async def _turn(key: IdempotencyKey, if_match: IfMatch) -> Turn:
    return Turn(key, if_match)


AtTurn = Annotated[Turn, Depends(_turn)]


@router.get("", summary="Complaints that you have", responses=responses(400, 401, 403, 404, 503))
async def list_complaints(
    caller: Machine,
    desk: AtDesk,
    cursor: Cursor,
    role: Annotated[
        Role, Query(description="as the authority that decided first, or as the appeal body")
    ] = Role.AUTHORITY,
    limit: PageLimit = 50,
) -> Page[InboxItem]:
    """In the order they came to you, so a kept cursor always leads to what is new."""
    organisation = _organisation(caller, READ)
    after = decode_cursor(cursor, moment, UUID) if cursor else None
    async with desk.database.begin(caller) as tx:
        found = await complaints.had_by(tx, organisation, role, after=after, limit=limit + 1)
        page = found[:limit]
        for each in {one.child_id: one for one in page}.values():
            await _as_party(tx, each).reads(each.child_id, "complaints")
    last = page[-1] if len(found) > limit else None
    return Page(
        items=[item_of(each, organisation) for each in page],
        next=encode_cursor(_arrived(last, role).isoformat(), str(last.id)) if last else None,
    )


@router.get(
    "/{complaint_id}",
    summary="One complaint that you have",
    response_model=InboxComplaint,
    responses=kept_responses(401, 403, 404, 410, 503, versioned=True),
)
async def read_complaint(
    complaint_id: UUID, caller: Machine, desk: AtDesk, if_none_match: IfNoneMatch = None
) -> Response:
    """What the family wrote, every step so far, the one that is due and what the law says about it."""
    _organisation(caller, READ)
    async with desk.database.begin(caller) as tx:
        complaint = await complaints.find(tx, complaint_id)
        await _as_party(tx, complaint).reads(complaint.child_id, "complaint")
    view = _view(complaint, caller, desk)
    return conditional(Kept.of(view, version=view.version), desk.speech.lang, if_none_match)


@router.post("/{complaint_id}/receipt", status_code=201, summary="Confirm receipt", responses=STEP)
async def receive(
    complaint_id: UUID, caller: Machine, desk: AtDesk, turn: AtTurn, response: Response
) -> InboxComplaint:
    """You have the complaint. The family sees it at once."""
    change = partial(receive_complaint, complaint_id=complaint_id, version=turn.version)
    return _shown(await _taken(complaint_id, change, caller, desk, turn), caller, desk, response)


@router.post("/{complaint_id}/reassessment", status_code=201, summary="Look at your decision again", responses=STEP)
async def reassess(
    complaint_id: UUID,
    body: ReassessmentBody,
    caller: Machine,
    desk: AtDesk,
    turn: AtTurn,
    response: Response,
) -> InboxComplaint:
    """Whether the decision stands (forvaltningsloven § 33). If you change it, that ends the complaint."""
    outcome, reasons = Outcome(body.outcome), body.reasons
    change = partial(
        reassess_complaint, complaint_id=complaint_id, outcome=outcome, reasons=reasons, version=turn.version
    )
    return _shown(await _taken(complaint_id, change, caller, desk, turn), caller, desk, response)


@router.post("/{complaint_id}/forwarding", status_code=201, summary="Send on to the appeal body", responses=STEP)
async def forward(
    complaint_id: UUID,
    body: ForwardingBody,
    caller: Machine,
    desk: AtDesk,
    turn: AtTurn,
    response: Response,
) -> InboxComplaint:
    """From now on the appeal body has it too, under its own pseudonym of the child."""
    to = await _appeal_body(complaint_id, body.to, caller, desk, turn)
    change = partial(
        forward_complaint, complaint_id=complaint_id, to=to, statement=body.statement, version=turn.version
    )
    return _shown(await _taken(complaint_id, change, caller, desk, turn), caller, desk, response)


@router.post("/{complaint_id}/decision", status_code=201, summary="Decide a complaint", responses=STEP)
async def decide(
    complaint_id: UUID,
    body: DecisionBody,
    caller: Machine,
    desk: AtDesk,
    turn: AtTurn,
    response: Response,
) -> InboxComplaint:
    """For the appeal body. A reversal changes the decision of the case."""
    outcome, reasons = Outcome(body.outcome), body.reasons
    change = partial(
        decide_complaint,
        complaint_id=complaint_id,
        outcome=outcome,
        reasons=reasons,
        on=body.decided_at,
        version=turn.version,
    )
    try:
        return _shown(await _taken(complaint_id, change, caller, desk, turn), caller, desk, response)
    except ImpossibleDay as day:
        expected = "a day from the forwarding until today"
        raise InvalidInput(
            FieldFault("decided_at", day.code, expected, desk.speech.complaints.faults[day.code])
        ) from day


def _organisation(caller: Principal, action: str) -> str:
    """The caller's organisation. Raises NotFound for another action."""
    if caller.action != action or caller.org is None:
        raise NotFound
    return caller.org


def _as_party(tx: Transaction, complaint: Complaint) -> Transaction:
    """The transaction with what the organisation is to this child: its token names none, so the ground and the protection come from the complaint."""
    party = Subject(PARTY, alias=complaint.alias_of(tx.principal.org), protected=complaint.protected)
    return replace(tx, principal=replace(tx.principal, subjects={complaint.child_id: party}))


async def _taken(complaint_id: UUID, change: Change, caller: Principal, desk: Desk, turn: Turn) -> Complaint:
    """The step, once, however often the request comes; the read of the answer is logged."""
    _organisation(caller, WRITE)
    async with desk.database.begin(caller) as tx:
        if await remembered(tx, turn.key):
            complaint = await complaints.find(tx, complaint_id)
        else:
            complaint = await change(tx)
            await remember(tx, turn.key, resource_id=str(complaint_id), etag=etag(complaint.version))
        await _as_party(tx, complaint).reads(complaint.child_id, "complaint")
    return complaint


async def _appeal_body(complaint_id: UUID, to: str, caller: Principal, desk: Desk, turn: Turn) -> Party:
    """The appeal body with its pseudonym of the child, asked before the transaction. Raises InvalidInput naming `to`."""
    _organisation(caller, WRITE)
    async with desk.database.begin(caller) as tx:
        complaint = await complaints.find(tx, complaint_id)
        if await remembered(tx, turn.key):
            return complaint.appeal or complaint.authority
    check_match(turn.version, complaint.version)
    require(complaint, Move.FORWARDING, caller.org)
    bodies = bodies_for(complaint, desk.law, desk.speech)
    if to not in bodies:
        words = desk.speech.complaints.faults["not-an-appeal-body"]
        raise InvalidInput(FieldFault("to", "not-an-appeal-body", f"one of {', '.join(bodies) or 'none'}", words))
    return Party(to, await desk.mapping.pseudonym(to, complaint.child_id))


def _shown(complaint: Complaint, caller: Principal, desk: Desk, response: Response) -> InboxComplaint:
    set_etag(response, complaint.version)
    return _view(complaint, caller, desk)


def _view(complaint: Complaint, caller: Principal, desk: Desk) -> InboxComplaint:
    today = oslo_day(desk.database.clock.now())
    return whole_of(complaint, caller.org, desk.law, desk.speech, today=today)


def _arrived(complaint: Complaint, role: Role) -> datetime:
    return (complaint.forwarded_at if role is Role.APPEAL else None) or complaint.filed_at
