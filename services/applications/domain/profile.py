"""What mapping answers about a child and its guardians."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.applications.domain.answer import Source, State
from shared.dates import age_on


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One fact of the profile; where people disagree, the state is conflict and there is no value."""

    state: State
    value: object
    source: Source


@dataclass(frozen=True, slots=True)
class Guardian:
    """One guardian with facts of her or his own, of the relation to this child, and of the home."""

    id: UUID
    facts: Mapping[str, KnownFact] = field(default_factory=dict)
    household_facts: Mapping[str, KnownFact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """A child's profile by reference, at one version."""

    child_id: UUID
    version: int
    as_of: datetime
    protected: bool
    kommunenummer: str | None
    facts: Mapping[str, KnownFact]
    guardians: tuple[Guardian, ...] = ()

    def guardian(self, person: UUID) -> Guardian | None:
        """The guardian with that id."""
        return next((each for each in self.guardians if each.id == person), None)

    def age_on(self, day: date) -> int | None:
        """The child's age in whole years; None while the register has not answered."""
        born = self.facts.get("birth_date")
        return age_on(date.fromisoformat(str(born.value)), day) if born and born.state is State.KNOWN else None
