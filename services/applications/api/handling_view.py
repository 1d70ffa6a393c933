"""What has become of an application, as its readers see it: receipt, requests for documentation, decision."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.applications.api.wording import Speech, Wording
from services.applications.domain.decision import ComplaintInformation, Decision, Item, Outcome, Unit
from services.applications.domain.documentation import DocumentationRequest
from services.applications.domain.handling import Receipt

REQUEST_EXAMPLE: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000004",
    "what": "En uttalelse fra lege om behovet for tilsyn om natten.",
    "deadline": "2026-12-15",
    "asked_at": "2026-11-26T08:00:00Z",
    "answered_at": None,
    "answer": None,
    "attachments": [],
}
DECISION_EXAMPLE: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000005",
    "outcome": "partly",
    "outcome_text": {"text": "Delvis innvilget", "lang": "nb"},
    "decided_at": "2026-12-18",
    "notified_at": "2026-12-21",
    "items": [
        {
            "what": "Avlastning",
            "outcome": "partly",
            "outcome_text": {"text": "Delvis innvilget", "lang": "nb"},
            "amount": {"value": "15.5", "unit": "hours/week"},
            "period": {"from": "2027-01-01", "to": "2028-01-01"},
            "reasons": "Behovet er dekket om dagen.",
            "law": "hol § 3-6 første ledd nr. 2",
        }
    ],
    "complaint": {
        "body": "statsforvalter",
        "body_name": {"text": "Statsforvalteren", "lang": "nb"},
        "send_to": "Hamar kommune",
        "deadline": "2027-01-18",
    },
    "superseded_by": None,
    "superseded_outcome": None,
    "superseded_text": None,
    "superseded_at": None,
}


class ReceiptView(BaseModel):
    """The authority has it."""

    received_at: datetime
    case_reference: str | None = Field(max_length=60, description="the authority's own case number")


class DocumentationRequestView(BaseModel):
    """What the authority asks for, and the family's answer."""

    model_config = ConfigDict(json_schema_extra={"example": REQUEST_EXAMPLE})

    id: UUID
    what: str = Field(max_length=2000)
    deadline: date = Field(description="the last day to answer")
    asked_at: datetime
    answered_at: datetime | None
    answer: str | None = Field(max_length=4000, description="the family's own words")
    attachments: list[UUID] = Field(max_length=100, description="the attachments that came with the answer")


class AmountView(BaseModel):
    """How much, as a decimal number in text."""

    value: str = Field(max_length=20)
    unit: Unit


class PeriodView(BaseModel):
    """From a day until, not with, another; null: until further notice."""

    from_: date = Field(alias="from")
    to: date | None

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)


class ItemView(BaseModel):
    """One thing that was decided."""

    what: str = Field(max_length=500)
    outcome: Outcome
    outcome_text: Wording
    amount: AmountView | None
    period: PeriodView | None
    reasons: str | None = Field(max_length=10000)
    law: str | None = Field(max_length=300)


class ComplaintInformationView(BaseModel):
    """How to complain, as the authority said it."""

    body: str | None = Field(max_length=40, description="the kind of organisation that decides on a complaint")
    body_name: Wording | None
    send_to: str | None = Field(max_length=500)
    deadline: date | None = Field(
        description="the last day; null while the notice is not dated: then the law's time counts from it"
    )


class DecisionView(BaseModel):
    """The authority's decision. `superseded_by` is the complaint that has changed it; what holds now is told with that complaint."""

    model_config = ConfigDict(json_schema_extra={"example": DECISION_EXAMPLE})

    id: UUID
    outcome: Outcome
    outcome_text: Wording
    decided_at: date
    notified_at: date | None
    items: list[ItemView] = Field(max_length=50)
    complaint: ComplaintInformationView | None
    superseded_by: UUID | None
    superseded_outcome: str | None = Field(max_length=40)
    superseded_text: Wording | None
    superseded_at: datetime | None


def receipt_view(receipt: Receipt | None) -> ReceiptView | None:
    """The receipt, if there is one."""
    return ReceiptView(received_at=receipt.received_at, case_reference=receipt.case_reference) if receipt else None


def request_view(request: DocumentationRequest) -> DocumentationRequestView:
    """One request."""
    return DocumentationRequestView(
        id=request.id,
        what=request.what,
        deadline=request.deadline,
        asked_at=request.asked_at,
        answered_at=request.answered_at,
        answer=request.answer,
        attachments=list(request.attachments),
    )


def decision_view(decision: Decision, speech: Speech) -> DecisionView:
    """The decision in the caller's language, as far as the words are ours."""
    by = decision.superseding
    said = speech.sentences.superseded.get(by.outcome) if by else None
    return DecisionView(
        id=decision.id,
        outcome=decision.outcome,
        outcome_text=speech.of(speech.sentences.outcomes[decision.outcome]),
        decided_at=decision.decided_at,
        notified_at=decision.notified_at,
        items=[_item(item, speech) for item in decision.items],
        complaint=_complaint(decision.complaint, speech) if decision.complaint else None,
        superseded_by=by.complaint_id if by else None,
        superseded_outcome=by.outcome if by else None,
        superseded_text=speech.of(said) if said else None,
        superseded_at=by.at if by else None,
    )


def _item(item: Item, speech: Speech) -> ItemView:
    amount, period = item.amount, item.period
    return ItemView(
        what=item.what,
        outcome=item.outcome,
        outcome_text=speech.of(speech.sentences.outcomes[item.outcome]),
        amount=AmountView(value=amount.value, unit=amount.unit) if amount else None,
        period=PeriodView(from_=period.starts, to=period.ends) if period else None,
        reasons=item.reasons,
        law=item.law,
    )


def _complaint(said: ComplaintInformation, speech: Speech) -> ComplaintInformationView:
    name = speech.bodies.get(said.body or "")
    return ComplaintInformationView(
        body=said.body, body_name=speech.of(name) if name else None, send_to=said.send_to, deadline=said.deadline
    )
