"""An answer: what was said, by whom and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.applications.domain.vocabulary import Value


class State(StrEnum):
    """Known, honestly not known ("vet ikke"), or answered differently by people who may both answer."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    CONFLICT = "conflict"


class SourceKind(StrEnum):
    """Where an answer comes from."""

    REGISTER = "register"
    DERIVED = "derived"
    TOLD = "told"
    ORGANISATION = "organisation"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it and when. `speaker` is a person, `organisation` an organisation number."""

    kind: SourceKind
    speaker: UUID | None = None
    organisation: str | None = None
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One fact as answered. `value` is None unless the state is known."""

    fact: str
    state: State
    source: Source
    value: Value | None = None


class Wanted(StrEnum):
    """What the applicant wants of one answer: a value, "vet ikke", or back to what was filled in."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that the applicant changes."""

    fact: str
    wanted: Wanted
    value: object = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What the applicant changes at once. `free_text` None: as it was; an empty text: taken away."""

    answers: tuple[Change, ...] = ()
    free_text: str | None = None
