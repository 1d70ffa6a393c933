"""A decision (vedtak) on an application, item by item, with what the family must know to complain (klage)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """What an item, or the decision as a whole, comes to."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class Unit(StrEnum):
    """What an amount is counted in."""

    NOK = "NOK"
    NOK_A_DAY = "NOK/day"
    NOK_A_MONTH = "NOK/month"
    NOK_A_YEAR = "NOK/year"
    HOURS_A_DAY = "hours/day"
    HOURS_A_WEEK = "hours/week"
    HOURS_A_MONTH = "hours/month"
    HOURS_A_YEAR = "hours/year"
    DAYS = "days"
    DAYS_A_WEEK = "days/week"
    DAYS_A_MONTH = "days/month"
    DAYS_A_YEAR = "days/year"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much. `value`: a decimal number as text, never a float."""

    value: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until, not with, another; None: until further notice."""

    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was decided. `law`: the provision, as the authority writes it."""

    what: str
    outcome: Outcome
    amount: Amount | None = None
    period: Period | None = None
    reasons: str | None = None
    law: str | None = None

    @property
    def is_less(self) -> bool:
        """Whether it gives less than was applied for, so that it must be explained."""
        return self.outcome is not Outcome.GRANTED


@dataclass(frozen=True, slots=True)
class ComplaintInformation:
    """How to complain: which kind of organisation decides on it, where it is sent, and the last day. None: not said."""

    body: str | None = None
    send_to: str | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Superseding:
    """What has taken the decision's place: the outcome of a complaint."""

    complaint_id: UUID
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """An authority's decision. `notified_at`: the day the notice reached the party; None: not known yet."""

    id: UUID
    application_id: UUID
    child_id: UUID
    decided_at: date
    notified_at: date | None
    items: tuple[Item, ...]
    complaint: ComplaintInformation | None
    recorded_at: datetime
    superseding: Superseding | None = None

    @property
    def outcome(self) -> Outcome:
        """The decision as a whole."""
        return summary(item.outcome for item in self.items)

    @property
    def starts(self) -> date:
        """The first day that a complaint's time limit can run from: a notice never reaches anyone before the decision."""
        return self.notified_at or self.decided_at


def summary(outcomes: Iterable[Outcome]) -> Outcome:
    """What several outcomes come to: the one they share, else partly."""
    found = set(outcomes)
    return found.pop() if len(found) == 1 else Outcome.PARTLY


def supersede(decision: Decision, by: Superseding) -> Decision | None:
    """The decision with what has taken its place; None when the same, or something later, stands there already."""
    standing = decision.superseding
    if standing and (standing.at, standing.complaint_id) >= (by.at, by.complaint_id):
        return None
    return replace(decision, superseding=by)
