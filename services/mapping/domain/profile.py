"""The profile's statements: who said what of whom, and what holds when several have spoken."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.mapping.domain.facts import FactSubject, Value


class State(StrEnum):
    """What a statement says: a value, "vet ikke", or that an earlier one is taken back."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    WITHDRAWN = "withdrawn"


class SpeakerKind(StrEnum):
    """Who can tell."""

    GUARDIAN = "guardian"
    CHILD = "child"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who told it: a person by inner id, or an organisation by number."""

    kind: SpeakerKind
    person: UUID | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """What a statement is about. `subject`: the child, the guardian (also of a relation) or the household."""

    fact: str
    kind: FactSubject
    subject: UUID
    child: UUID | None = None
    guardian: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line of the history, never rewritten. `shared`: whether a child lets its guardians see what it said itself."""

    id: UUID
    key: Key
    speaker: Speaker
    state: State
    value: Value | None
    valid_from: date
    said_at: datetime
    shared: bool = True

    def saying(self, value: Value) -> "Statement":
        """The same with its value."""
        return replace(self, value=value)

    @property
    def about(self) -> UUID:
        """The person it tells of, whose data key seals it; a home is its guardian's."""
        return self.key.guardian or self.key.subject


class Outcome(StrEnum):
    """What holds for a fact."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Held:
    """What holds for one fact now; in a conflict neither a value nor a speaker."""

    outcome: Outcome
    value: Value | None = None
    speaker: Speaker | None = None
    said_at: datetime | None = None
    valid_from: date | None = None


def held(newest: Iterable[Statement]) -> Held | None:
    """What the newest statement of each speaker comes to: disagreement is a conflict, "vet ikke" contradicts nobody. None: nobody says anything."""
    standing = [s for s in newest if s.state is not State.WITHDRAWN]
    known = [s for s in standing if s.state is State.KNOWN]
    if any(s.value != known[0].value for s in known):
        return Held(Outcome.CONFLICT)
    if not standing:
        return None
    last = max(known or standing, key=lambda s: (s.said_at, s.id))
    outcome = Outcome.KNOWN if known else Outcome.NOT_KNOWN
    return Held(outcome, last.value, last.speaker, last.said_at, last.valid_from)


def visible(statements: Iterable[Statement], reader: UUID | None) -> list[Statement]:
    """Without what a child keeps to itself, unless the reader said it."""
    return [s for s in statements if s.shared or (reader is not None and s.speaker.person == reader)]
