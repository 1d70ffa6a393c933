"""A child's profile as it was fetched from mapping, and what of it the rules can use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.rights.domain.fact import Origin, Vocabulary, value_of
from services.rights.domain.tree import Known


class State(StrEnum):
    """Whether a fact is known, or those who were asked disagree."""

    KNOWN = "known"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact as mapping states it; the value has the form it has in JSON."""

    state: State
    value: object = None


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
    """What of one person's facts can be used: what is known, and on what the answers differ, which counts as unknown."""

    known: Known
    conflicts: frozenset[str]


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
    return Statements(known, frozenset(fact for fact, each in ours.items() if each.state is State.CONFLICT))
