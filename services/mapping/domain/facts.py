"""The vocabulary (faktavokabularet): what can be told of a child, its guardians and their home, and which values are valid."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain import FieldFault

Value = bool | int | float | str | tuple[str, ...]


class FactSubject(StrEnum):
    """Whom a fact is about. Relation: one guardian and the child. Household: a guardian's home. Case: a decision, never the profile."""

    CHILD = "child"
    GUARDIAN = "guardian"
    RELATION = "relation"
    HOUSEHOLD = "household"
    CASE = "case"


class FactType(StrEnum):
    """The shape of a fact's value."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    ENUM = "enum"
    SET = "set"


class Origin(StrEnum):
    """Where a fact comes from; only a told one can be told."""

    TOLD = "told"
    REGISTER = "register"
    DERIVED = "derived"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One entry of the vocabulary."""

    id: str
    subject: FactSubject
    type: FactType
    group: str
    origin: Origin
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None
    sensitive: bool = False

    @property
    def can_be_told(self) -> bool:
        """Whether the profile takes it: told, and not about a case."""
        return self.origin is Origin.TOLD and self.subject is not FactSubject.CASE


Vocabulary = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that the fact does not take."""

    code: str
    expected: str

    def at(self, field: str) -> FieldFault:
        """The same, naming the field of the request."""
        return FieldFault(field, self.code, self.expected)


def checked(fact: Fact, value: object) -> Value | BadValue:
    """The value as it is kept (a set in the vocabulary's order), or what is wrong with it."""
    match fact.type:
        case FactType.BOOLEAN:
            return value if isinstance(value, bool) else BadValue("wrong-type", "true or false")
        case FactType.INTEGER | FactType.NUMBER:
            return _number(fact, value)
        case FactType.ENUM:
            known = isinstance(value, str) and value in fact.values
            return (
                value
                if known and isinstance(value, str)
                else BadValue("not-in-values", "one of " + ", ".join(fact.values))
            )
        case FactType.SET:
            return _set(fact, value)
        case FactType.DATE:
            return BadValue("not-told", "nothing: dates come from the register")


def _number(fact: Fact, value: object) -> Value | BadValue:
    bounds = f"from {fact.minimum:g} to {fact.maximum:g} {fact.unit}"
    kind = "a whole number" if fact.type is FactType.INTEGER else "a number"
    right_type = isinstance(value, int) or (isinstance(value, float) and fact.type is FactType.NUMBER)
    if not right_type or isinstance(value, bool) or not isinstance(value, int | float):
        return BadValue("wrong-type", f"{kind} {bounds}")
    if fact.minimum is None or fact.maximum is None or not fact.minimum <= value <= fact.maximum:
        return BadValue("out-of-range", f"{kind} {bounds}")
    return value


def _set(fact: Fact, value: object) -> Value | BadValue:
    expected = "a list of none or more, each once, of " + ", ".join(fact.values)
    if not isinstance(value, list | tuple):
        return BadValue("wrong-type", expected)
    if not all(isinstance(one, str) and one in fact.values for one in value) or len(set(value)) != len(value):
        return BadValue("not-in-values", expected)
    return tuple(known for known in fact.values if known in value)
