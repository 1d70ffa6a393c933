"""What the law says about the answer to a case: the duty to decide, and to say something on the way. Never a date that the law does not give."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.status.domain.case import Case
from services.status.domain.counting import Due, count
from services.status.domain.deadline import Deadline, DeadlineKind, Stated, Words, winning


@dataclass(frozen=True, slots=True)
class Right:
    """What a right states: its name, and which time limits it names (a kind that is not there is not stated)."""

    id: str
    name: Words
    stated: Mapping[DeadlineKind, Stated]


@dataclass(frozen=True, slots=True)
class Outlook:
    """One duty of the authority: with its last day where the law gives a length, else with the law's words alone."""

    deadline: Deadline
    due: Due | None


@dataclass(frozen=True, slots=True)
class Law:
    """Every deadline and right, and the public holidays."""

    deadlines: tuple[Deadline, ...]
    rights: Mapping[str, Right]
    holidays: Container[date]


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
