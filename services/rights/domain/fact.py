"""What may be known about a family, and who can know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.rights.domain.tree import Atom, Value


class Subject(StrEnum):
    """Whom a fact is about; a relation is one guardian and the child, a household one guardian's home."""

    CHILD = "child"
    GUARDIAN = "guardian"
    RELATION = "relation"
    HOUSEHOLD = "household"
    CASE = "case"


class Origin(StrEnum):
    """Where a fact comes from; only told facts are ever asked for."""

    TOLD = "told"
    REGISTER = "register"
    DERIVED = "derived"
    CASE = "case"


class Type(StrEnum):
    """What values a fact has."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    ENUM = "enum"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the vocabulary, as far as the decisions need it."""

    id: str
    subject: Subject
    type: Type
    group: str
    origin: Origin
    derived_from: tuple[str, ...] = ()
    sensitive: bool = False
    ask_when: tuple[Atom, ...] = ()


Vocabulary = Mapping[str, Fact]


def value_of(fact: Fact, stated: object) -> Value:
    """The value as rules compare it, from the form it has in JSON. Raises ValueError when it is not of the fact's type."""
    match fact.type, stated:
        case Type.BOOLEAN, bool():
            return stated
        case ((Type.INTEGER | Type.NUMBER), (int() | float())) if not isinstance(stated, bool):
            return stated
        case Type.ENUM, str():
            return stated
        case Type.SET, list():
            return frozenset(str(each) for each in stated)
        case Type.DATE, str():
            return date.fromisoformat(stated)
        case Type.DATE, date():
            return stated
        case _:
            raise ValueError(f"not a {fact.type.value}")
