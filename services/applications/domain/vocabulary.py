"""The facts that a form may ask for, and whether a value can be an answer to one."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Words = Mapping[str, str]
Value = bool | int | float | str | tuple[str, ...]


class FactType(StrEnum):
    """What kind of value the fact has."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    ENUM = "enum"
    SET = "set"


class Origin(StrEnum):
    """Who can say it: the family, a register, the calendar (derived) or a case."""

    TOLD = "told"
    REGISTER = "register"
    DERIVED = "derived"
    CASE = "case"


class About(StrEnum):
    """Whom the fact is about; relation is one guardian and the child."""

    CHILD = "child"
    GUARDIAN = "guardian"
    RELATION = "relation"
    HOUSEHOLD = "household"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Atom:
    """One condition on one fact, as `ask_when` uses it."""

    fact: str
    comparator: str
    operand: object


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the vocabulary. `minimum` and `maximum` are included in what is allowed."""

    id: str
    type: FactType
    about: About
    group: str
    origin: Origin
    question: Words
    question_youth: Words = field(default_factory=dict)
    values: tuple[str, ...] = ()
    labels: Mapping[str, Words] = field(default_factory=dict)
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    sensitive: bool = False
    ask_when: tuple[Atom, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether the applicant can answer it; registers and the calendar are not argued with in a form."""
        return self.origin is Origin.TOLD

    @property
    def is_own(self) -> bool:
        """Whether it is about the guardian who answers, and so never shown to the other one."""
        return self.about in (About.GUARDIAN, About.RELATION, About.HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a value cannot be an answer: a stable code and what would be accepted."""

    code: str
    expected: str


def misfit_of(fact: Fact, value: object) -> Misfit | None:
    """What is wrong with the value as an answer to the fact, or None."""
    match fact.type:
        case FactType.BOOLEAN:
            return None if isinstance(value, bool) else Misfit("wrong-type", "true or false")
        case FactType.INTEGER | FactType.NUMBER:
            return _misfit_of_number(fact, value)
        case FactType.DATE:
            return None if isinstance(value, str) and _is_date(value) else Misfit("wrong-type", "a date, YYYY-MM-DD")
        case FactType.ENUM:
            return (
                None
                if isinstance(value, str) and value in fact.values
                else Misfit("not-allowed", f"one of {', '.join(fact.values)}")
            )
        case FactType.SET:
            return _misfit_of_set(fact, value)


def _misfit_of_number(fact: Fact, value: object) -> Misfit | None:
    kind = "a whole number" if fact.type is FactType.INTEGER else "a number"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return Misfit("wrong-type", kind)
    if fact.type is FactType.INTEGER and not float(value).is_integer():
        return Misfit("wrong-type", kind)
    bounds = f"{kind} from {_plain(fact.minimum)} to {_plain(fact.maximum)} ({fact.unit})"
    if fact.minimum is not None and value < fact.minimum:
        return Misfit("too-small", bounds)
    if fact.maximum is not None and value > fact.maximum:
        return Misfit("too-large", bounds)
    return None


def _misfit_of_set(fact: Fact, value: object) -> Misfit | None:
    expected = f"a list without repetition of {', '.join(fact.values)}"
    if not isinstance(value, list | tuple):
        return Misfit("wrong-type", expected)
    if any(not isinstance(each, str) or each not in fact.values for each in value) or len(set(value)) != len(value):
        return Misfit("not-allowed", expected)
    return None


def frozen(value: object) -> Value:
    """The value as it is kept: a list becomes a tuple in the vocabulary's own form. The value fits its fact."""
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in value)
    if isinstance(value, bool | int | float | str):
        return value
    raise TypeError("no value of a fact")


def holds(atom: Atom, value: object) -> bool:
    """Whether the known value makes the condition true."""
    bound = atom.operand
    match atom.comparator:
        case "is":
            return type(value) is type(bound) and value == bound
        case "in":
            return isinstance(bound, tuple) and value in bound
        case "overlaps":
            return isinstance(bound, tuple) and isinstance(value, tuple) and bool(set(value) & set(bound))
        case _:
            return _compares(atom.comparator, value, bound)


def _compares(comparator: str, value: object, bound: object) -> bool:
    if not isinstance(value, int | float) or not isinstance(bound, int | float):
        return False
    return {"at_least": value >= bound, "above": value > bound, "at_most": value <= bound, "below": value < bound}[
        comparator
    ]


def is_asked(fact: Fact, known: Mapping[str, Value]) -> bool:
    """Whether the fact may be asked now: every condition of its `ask_when` is known to hold."""
    return all(atom.fact in known and holds(atom, known[atom.fact]) for atom in fact.ask_when)


def guards(facts: Iterable[Fact]) -> frozenset[str]:
    """The facts that decide whether others are asked."""
    return frozenset(atom.fact for fact in facts for atom in fact.ask_when)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _plain(bound: float | None) -> str:
    return "any" if bound is None else f"{bound:g}"
