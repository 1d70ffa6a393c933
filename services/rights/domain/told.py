"""What is known of a family, as it was told, and what of it still holds on a day."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from services.rights.domain.fact import Vocabulary
from services.rights.domain.lasting import Lasting, ended_by, lasting_on
from services.rights.domain.rate import Rate
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Said, Situation
from services.rights.domain.tree import Known


class Law(Protocol):
    """The rules as they are through time, with all that they compare with."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts."""

    @property
    def histories(self) -> Mapping[str, Rate]:
        """The rates through time."""

    @property
    def lasting(self) -> Lasting:
        """How long what was told lasts."""

    @property
    def version_days(self) -> Sequence[date]:
        """Every day on which a rule has another version than the day before."""

    def rules_on(self, day: date) -> Mapping[str, Rule]:
        """The rules in force on the day."""

    def situation(
        self,
        known: Known,
        on: date,
        *,
        not_known: Set[str] = frozenset(),
        conflicts: Set[str] = frozenset(),
        expired: Set[str] = frozenset(),
        said: Mapping[str, Said] | None = None,
    ) -> Situation:
        """What is known, with what follows from it on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known, who said it and when. `told_on`: for facts of which nobody knows when they were said; the rest as in a situation."""

    known: Known
    told_on: date
    said: Mapping[str, Said] = field(default_factory=dict)
    conflicts: frozenset[str] = frozenset()
    not_known: frozenset[str] = frozenset()


def situation_on(law: Law, told: Told, day: date, ends: Mapping[str, date] | None = None) -> Situation:
    """The situation of the day: without what has ended, which is unknown and was told once. `ends`: when they are worked out already."""
    ends = law.lasting.ends(told.known, told.said, told.told_on) if ends is None else ends
    return law.situation(
        lasting_on(told.known, ends, day),
        day,
        not_known=told.not_known,
        conflicts=told.conflicts,
        expired=ended_by(told.known, ends, day),
        said=told.said,
    )
