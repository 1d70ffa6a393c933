"""A decision as an authority sends it."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from services.applications.api.written import Law, Reasons, SendTo, What
from services.applications.domain.decision import Amount, ComplaintInformation, Item, Outcome, Period, Unit
from services.applications.features.decide_application import Decided
from shared.web import Slug

DecimalText = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d{0,11})(\.\d{1,4})?$", max_length=20)]
_EXAMPLE: dict[str, JsonValue] = {
    "decided_at": "2026-11-24",
    "notified_at": None,
    "items": [
        {
            "what": "Avlastning",
            "outcome": "partly",
            "amount": {"value": "15.5", "unit": "hours/week"},
            "period": {"from": "2027-01-01", "to": "2028-01-01"},
            "reasons": "Behovet er dekket om dagen.",
            "law": "hol § 3-6 første ledd nr. 2",
        }
    ],
    "complaint": {"body": "statsforvalter", "send_to": "Hamar kommune", "deadline": None},
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AmountBody(_Body):
    """How much. A decimal number in text, with a full stop: money and hours are never floats."""

    value: DecimalText
    unit: Unit


class PeriodBody(_Body):
    """From a day until, not with, another; null: until further notice."""

    from_: date = Field(alias="from")
    to: date | None = None


class ItemBody(_Body):
    """One thing that is decided."""

    what: What
    outcome: Outcome
    amount: AmountBody | None = None
    period: PeriodBody | None = None
    reasons: Reasons | None = Field(default=None, description="needed where the outcome is partly or refused")
    law: Law | None = Field(default=None, description="the provision; needed where the outcome is partly or refused")


class ComplaintInformationBody(_Body):
    """How to complain; all of it is needed where anything is refused or granted in part."""

    body: Slug | None = Field(default=None, description="the kind of organisation that decides on a complaint")
    send_to: SendTo | None = Field(default=None, description="where the family sends it: you, as a rule")
    deadline: date | None = Field(
        default=None, description="the last day, never earlier than the law's; null only while notified_at is null"
    )


class DecisionBody(_Body):
    """The decision, item by item."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _EXAMPLE})

    decided_at: date
    notified_at: date | None = Field(
        default=None, description="the day the notice reached the party; null: not known yet"
    )
    items: list[ItemBody] = Field(min_length=1, max_length=50)
    complaint: ComplaintInformationBody | None = None

    def said(self) -> Decided:
        """What it says; an empty text says nothing."""
        complaint = self.complaint
        return Decided(
            decided_at=self.decided_at,
            notified_at=self.notified_at,
            items=tuple(_item(each) for each in self.items),
            complaint=ComplaintInformation(complaint.body, complaint.send_to or None, complaint.deadline)
            if complaint
            else None,
        )


def _item(body: ItemBody) -> Item:
    return Item(
        what=body.what,
        outcome=body.outcome,
        amount=Amount(body.amount.value, body.amount.unit) if body.amount else None,
        period=Period(body.period.from_, body.period.to) if body.period else None,
        reasons=body.reasons or None,
        law=body.law or None,
    )
