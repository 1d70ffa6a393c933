"""What the law says about the answer to a case: the duty to decide, and to say something on the way. Never a date that the law does not give."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.status.domain.case import Case
from services.status.domain.counting import Due, count
from services.status.domain.deadline import Deadline, DeadlineKind, Stated, Words, winning


class Since(StrEnum):
    """What happened on the day that a time limit is counted from."""

    SENT = "sent"
    NOTIFIED = "notified"
    DECIDED = "decided"
    FILED = "filed"
    FORWARDED = "forwarded"


@dataclass(frozen=True, slots=True)
class Right:
    """What a right states: its name, which time limits it names (a kind that is not there is not stated), who decides on a complaint,
    and whether it is judged for the child or for each guardian."""

    id: str
    name: Words
    stated: Mapping[DeadlineKind, Stated]
    complaint_body: str | None = None
    judged_for_child: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """One duty of the authority: with its last day where the law gives a length, else with the law's words alone."""

    deadline: Deadline
    due: Due | None
    since: Since = Since.SENT


@dataclass(frozen=True, slots=True)
class AppealRule:
    """One duty of an appeal body. `only_after`: the complaint deadlines of the cases it is about; None: every case."""

    deadline: str
    since: Since
    only_after: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """Which time limits run in a complaint, by id. `right` states what the authority owes; `within`: boards that are a part of the authority."""

    right: str
    appeal: tuple[AppealRule, ...]
    latest: str
    within: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Law:
    """Every deadline and right, the public holidays, and which time limits run in a complaint."""

    deadlines: tuple[Deadline, ...]
    rights: Mapping[str, Right]
    holidays: Container[date]
    complaints: ComplaintRules

    def deadline(self, deadline_id: str) -> Deadline | None:
        """The one with that id."""
        return next((each for each in self.deadlines if each.id == deadline_id), None)


def outlooks(case: Case, law: Law, *, sent: date) -> tuple[Outlook, ...]:
    """The duties that run from the day it was sent, when it also came in: first the answer, then the preliminary one. None once it is closed."""
    if not case.is_open:
        return ()
    right = law.rights.get(case.right_id)
    stated = right.stated if right else {}
    found: Iterable[Deadline] = (
        deadline
        for kind in (DeadlineKind.ANSWER, DeadlineKind.PRELIMINARY_ANSWER)
        if kind in stated
        for deadline in winning(kind, case.right_id, case.authority_kind, stated[kind], law.deadlines, on=sent)
    )
    return tuple(Outlook(deadline, count(deadline, sent, law.holidays)) for deadline in found)
