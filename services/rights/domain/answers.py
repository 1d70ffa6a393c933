"""All rights answered for one reader, and what that reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.rights.domain.answer import Answer
from services.rights.domain.assessment import Assessment, told_by
from services.rights.domain.fact import Fact, Origin, Subject, Vocabulary
from services.rights.domain.rule import DEATH, JudgedFor, Rule
from services.rights.domain.situation import Situation
from services.rights.domain.told import Told
from services.rights.domain.tree import Value
from shared.dates import oslo_day

_OF_THE_CHILD = frozenset({Subject.CHILD, Subject.CASE})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: someone else than the child (`applicant`) or the child itself (None), and which groups of the child's facts are open to them
    (None: all). `is_guardian`: acts for the child, and was not merely given access."""

    applicant: UUID | None
    groups: frozenset[str] | None
    is_guardian: bool

    def sees(self, fact: Fact) -> bool:
        """Whether the fact is open to the reader. A guardian's own facts always are."""
        return (
            self.groups is None
            or fact.group in self.groups
            or (self.applicant is not None and fact.subject not in _OF_THE_CHILD)
        )

    def is_shown(self, rule: Rule) -> bool:
        """A right that each guardian has is shown to guardians only, each as that guardian is."""
        return self.applicant is not None or rule.judged_for is JudgedFor.CHILD

    def may_use(self, found: Iterable[Assessment], vocabulary: Vocabulary) -> dict[str, Value]:
        """What is known of the child and of the reader, as far as it is open to the reader. The rest is unknown to the answers."""
        return {
            fact: value
            for each in found
            for fact, value in each.statements.known.items()
            if self.sees(vocabulary[fact])
        }

    def told(self, found: Sequence[Assessment], vocabulary: Vocabulary, today: date) -> Told:
        """The same with who said it and when, what was asked and is not known, and on what the answers differ. Where nothing is known yet,
        it is today that nothing was."""
        told_on = min((oslo_day(each.as_of) for each in found), default=today)
        whole = told_by((each.statements for each in found), told_on)
        seen = {fact for fact in (*whole.known, *whole.conflicts, *whole.not_known) if self.sees(vocabulary[fact])}
        return Told(
            known={fact: value for fact, value in whole.known.items() if fact in seen},
            told_on=told_on,
            said={fact: said for fact, said in whole.said.items() if fact in seen},
            conflicts=whole.conflicts & seen,
            not_known=whole.not_known & seen,
        )

    def has_been_told(self, found: Iterable[Assessment], vocabulary: Vocabulary) -> bool:
        """Whether anything was told that is open to the reader, answers that differ included. A register's facts are not told."""
        stated = {fact for each in found for fact in (*each.statements.known, *each.statements.conflicts)}
        return any(vocabulary[fact].origin is Origin.TOLD and self.sees(vocabulary[fact]) for fact in stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers of one day, and the version of the profile they rest on (0: none yet). `told`: anything beside what registers know."""

    child_id: UUID
    on: date
    situation: Situation
    profile_version: int
    as_of: datetime | None
    told: bool
    conflicts: frozenset[str]
    answers: tuple[Answer, ...]

    @property
    def child_has_died(self) -> bool:
        """The register has told of a death."""
        return self.situation.known.get(DEATH) is True

    def to_show(self) -> tuple[Answer, ...]:
        """The answers that belong in a list: after a death those that a death touches, else those that do not wait for one."""
        died = self.child_has_died
        return tuple(
            each for each in self.answers if (each.rule.needs_death if died else not each.rule.only_after_death)
        )
