"""A child's profile as it was fetched from mapping, and what of it the rules can use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.rights.domain.fact import Origin, Vocabulary, value_of
from services.rights.domain.situation import Said
from services.rights.domain.tree import Known


class State(StrEnum):
    """Whether a fact is known, those who were asked disagree, or they were asked and do not know."""

    KNOWN = "known"
    CONFLICT = "conflict"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact as mapping states it; the value has the form it has in JSON. `source`: what kind of speaker said it, or the register."""

    state: State
    value: object = None
    source: str = ""
    said_at: datetime | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Guardian:
    """One guardian's own facts, those of the relation to the child, and those of the home."""

    id: UUID
    facts: Mapping[str, Stated]


@dataclass(frozen=True, slots=True)
class Profile:
    """The child's facts and each guardian's, at one version of the profile."""

    child_id: UUID
    version: int
    as_of: datetime
    facts: Mapping[str, Stated]
    guardians: tuple[Guardian, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """What of one person's facts can be used: what is known and who said it; on what the answers differ, and what those who were asked do not
    know, which both count as unknown."""

    known: Known
    conflicts: frozenset[str] = frozenset()
    not_known: frozenset[str] = frozenset()
    said: Mapping[str, Said] = field(default_factory=dict)


def usable(facts: Mapping[str, Stated], vocabulary: Vocabulary) -> Statements:
    """The facts of our vocabulary that may be kept (derived ones never are). Raises ValueError when a value is not of its fact's type."""
    ours = {
        fact: stated
        for fact, stated in facts.items()
        if fact in vocabulary and vocabulary[fact].origin is not Origin.DERIVED
    }
    known = {
        fact: value_of(vocabulary[fact], each.value)
        for fact, each in ours.items()
        if each.state is State.KNOWN and each.value is not None
    }
    said = {
        fact: Said(ours[fact].source, ours[fact].said_at, ours[fact].valid_from) for fact in known if ours[fact].source
    }
    return Statements(known, _in_state(ours, State.CONFLICT), _in_state(ours, State.NOT_KNOWN), said)


def _in_state(facts: Mapping[str, Stated], state: State) -> frozenset[str]:
    return frozenset(fact for fact, each in facts.items() if each.state is state)
