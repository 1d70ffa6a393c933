"""A form: the facts of one right's conditions in an order that reads well, what to attach, and one free text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.applications.domain.vocabulary import Fact, Words


class JudgedFor(StrEnum):
    """Whose right it is that the authority judges."""

    CHILD = "child"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact in a form; a required one must be answered, and "vet ikke" is an answer."""

    fact: Fact
    required: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    id: str
    title: Words
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Documentation:
    """Something the authority wants to see."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class FreeText:
    """The one question without a fixed answer."""

    label: Words
    max_length: int


@dataclass(frozen=True, slots=True)
class Form:
    """A version of a form. `national_form` None: there is no national form. Answer and complaint name deadlines of the status service."""

    id: str
    version: int
    right_id: str
    title: Words
    national_form: str | None
    authority: str
    judged_for: JudgedFor
    who_may: tuple[str, ...]
    answer: Mapping[str, str | None]
    complaint: Mapping[str, str | None]
    sections: tuple[Section, ...]
    documentation: tuple[Documentation, ...]
    free_text: FreeText

    def fields(self) -> Iterator[Field]:
        """Every field in reading order."""
        return (field for section in self.sections for field in section.fields)

    def field(self, fact_id: str) -> Field | None:
        """The field of the fact, if the form has it."""
        return next((field for field in self.fields() if field.fact.id == fact_id), None)

    def asks_for(self, documentation_id: str) -> bool:
        """Whether this documentation is on the form's list."""
        return any(item.id == documentation_id for item in self.documentation)
