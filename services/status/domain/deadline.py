"""A legal time limit (frist) as the data states it, and which one applies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.counting import Counting, Length

Words = Mapping[str, str]


class DeadlineKind(StrEnum):
    """What the time limit is for."""

    COMPLAINT = "complaint"
    APPEAL = "appeal"
    COURT = "court"
    CLAIM = "claim"
    APPLICATION = "application"
    ANSWER = "answer"
    PRELIMINARY_ANSWER = "preliminary_answer"
    NOTICE = "notice"
    REVIEW = "review"
    BACK_PAYMENT = "back_payment"
    WAITING_PERIOD = "waiting_period"
    VALIDITY = "validity"
    COUNTING_RULE = "counting_rule"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One time limit. `length` None: the law gives none that can be counted. `rights` None: every right. Valid from a day until (not with) another."""

    id: str
    kind: DeadlineKind
    who: str
    what: Words
    starts: str
    length: Length | None
    counting: Counting
    law: str
    confidence: str
    authorities: frozenset[str]
    rights: frozenset[str] | None
    valid_from: date | None = None
    valid_until: date | None = None
    in_force: bool = True
    body: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force and valid on the day. What is not in force is never shown."""
        begun = self.valid_from is None or self.valid_from <= day
        ended = self.valid_until is not None and self.valid_until <= day
        return self.in_force and begun and not ended


@dataclass(frozen=True, slots=True)
class Stated:
    """What a right itself says about a time limit: its id, or None for "there is none"."""

    deadline: str | None


def winning(
    kind: DeadlineKind, right: str, authority: str, stated: Stated | None, deadlines: Iterable[Deadline], *, on: date
) -> tuple[Deadline, ...]:
    """The time limits of that kind for the right. What the right states wins over a rule that lists the right, a list wins over a rule
    for every right. `stated` None: the right says nothing. Several rules of one rank all apply."""
    valid = [each for each in deadlines if each.kind is kind and each.holds_on(on)]
    if stated is not None and stated.deadline is None:
        return ()
    if stated is not None and (named := tuple(each for each in valid if each.id == stated.deadline)):
        return named
    if listed := tuple(each for each in valid if each.rights is not None and right in each.rights):
        return listed
    return tuple(each for each in valid if each.rights is None and authority in each.authorities)
