"""Parts of what people see: what it is about, who has it, whose move it is, and what the law says about the answer."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from services.status.api.wording import Speech, Wording
from services.status.domain.case import Awaited
from services.status.domain.deadline import DeadlineKind
from services.status.domain.outlook import Law, Outlook
from shared.texts import Text


class RightView(BaseModel):
    """What was applied for."""

    id: str = Field(max_length=100)
    name: Wording


class AuthorityView(BaseModel):
    """Who has the case. For a protected address only the kind is named."""

    kind: str = Field(max_length=40)
    name: Wording


class AwaitedView(BaseModel):
    """Whose move it is."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Awaited = Field(alias="from")
    text: Wording


class OutlookView(BaseModel):
    """One duty of the authority about its answer. `last_day` is null where the law gives no length: then the law's words are all there is."""

    deadline_id: str = Field(max_length=100)
    kind: DeadlineKind
    last_day: date | None
    approximate: bool
    days_left: int | None = Field(description="0 when it has passed")
    text: Wording
    law: str = Field(max_length=400, description="as data/deadlines.yaml names it; the text names the act in full")
    confidence: str = Field(max_length=20)


def right_of(right_id: str, law: Law, speech: Speech) -> RightView:
    """The right by its name; by its id where it is not known here."""
    right = law.rights.get(right_id)
    return RightView(id=right_id, name=speech.of(right.name if right else Text(nb=right_id)))


def outlook_of(outlook: Outlook, who: Wording, speech: Speech, today: date) -> OutlookView:
    """The duty on that day."""
    deadline, due = outlook.deadline, outlook.due
    return OutlookView(
        deadline_id=deadline.id,
        kind=deadline.kind,
        last_day=due.last_day if due else None,
        approximate=bool(due and due.approximate),
        days_left=due.days_left(today) if due else None,
        text=speech.outlook(outlook, who, today),
        law=deadline.law,
        confidence=deadline.confidence,
    )
