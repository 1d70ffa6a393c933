"""What someone tells for one evaluation, held against the vocabulary: each fault names the fact, what is expected and what came."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.rights.domain.fact import Origin, Subject, Type
from services.rights.domain.tree import Value
from services.rights.store.facts import FactFile
from services.rights.store.rulebook import Rulebook
from shared.domain import FieldFault, InvalidInput

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
NEVER_TOLD = frozenset({"stillborn"})  # derived facts (deceased among them) are refused already
_BIRTH, _DEATH, _PARENT_BIRTH = "birth_date", "date_of_death", "parent_birth_date"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,99}")
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Given:
    """The facts that can be used, those that nobody knows, and the day that is asked about."""

    known: Mapping[str, Value]
    not_known: frozenset[str]
    on: date


@dataclass(frozen=True, slots=True)
class _Misfit:
    code: str
    expected: str


def can_be_told(fact_id: str, fact: FactFile) -> bool:
    """Whether an evaluation takes the fact: told ones, and here a register's too, for nobody asks a register."""
    stated = fact.origin in (Origin.TOLD, Origin.REGISTER) and fact.subject is not Subject.CASE
    return stated and fact_id not in NEVER_TOLD


def given(at: str | None, facts: Mapping[str, Any], not_known: list[str], *, today: date, book: Rulebook) -> Given:
    """What can be used, for the day `at` or for today. Raises InvalidInput with every fault."""
    on, faults, known = _day(at) if at else today, list[FieldFault](), dict[str, Value]()
    for fact_id, stated in facts.items():
        found = _refused(fact_id, book.facts) or _checked(book.facts[fact_id], stated)
        if isinstance(found, _Misfit):
            faults.append(_fault(fact_id, found, got(stated)))
        else:
            known[fact_id] = found
    faults += _not_known_faults(not_known, facts.keys(), book.facts)
    if on is None or not EARLIEST <= on <= LATEST:
        faults.append(FieldFault("at", "out-of-range", f"a day from {EARLIEST} to {LATEST}", got=at))
    else:
        faults += list(_out_of_order(known, on, today)) or list(_out_of_age(known, on, book))
    if on is None or faults:
        raise InvalidInput(*(replace(each, detail=book.texts.faults[each.code]) for each in faults))
    return Given(known, frozenset(not_known), on)


def got(stated: Any) -> str:
    """What came, without repeating anything that somebody may have written."""
    match stated:
        case None:
            return "null"
        case bool():
            return "true" if stated else "false"
        case int() | float():
            return repr(stated) if isinstance(stated, float) or abs(stated) < 10**_LONGEST_NUMBER else "a huge number"
        case str():
            return f"a text of length {len(stated)}"
        case list():
            return f"a list of length {len(stated)}"
        case _:
            return "an object"


def _refused(fact_id: str, facts: Mapping[str, FactFile]) -> _Misfit | None:
    fact = facts.get(fact_id)
    if fact is None:
        return _Misfit("unknown-fact", "the id of a fact in the vocabulary, GET /rights/v1/facts")
    if can_be_told(fact_id, fact):
        return None
    if fact.origin is Origin.DERIVED and fact_id != "deceased":
        return _Misfit("not-told", f"nothing: it follows from {', '.join(fact.derived_from)}")
    return _Misfit("not-told", "nothing: this fact is never told")


def _checked(fact: FactFile, stated: Any) -> Value | _Misfit:
    """The value as rules compare it."""
    match fact.type:
        case Type.BOOLEAN:
            return stated if isinstance(stated, bool) else _Misfit("wrong-type", "true or false")
        case Type.INTEGER | Type.NUMBER:
            return _number(fact, stated)
        case Type.ENUM:
            return _chosen(fact, stated)
        case Type.SET:
            return _set(fact, stated)
        case Type.DATE:
            return _date(stated)


def _number(fact: FactFile, stated: Any) -> Value | _Misfit:
    whole = fact.type is Type.INTEGER
    expected = f"{'a whole number' if whole else 'a number'} from {fact.min} to {fact.max} ({fact.unit})"
    if isinstance(stated, bool) or not isinstance(stated, int if whole else int | float):
        return _Misfit("wrong-type", expected)
    if fact.min is None or fact.max is None or not fact.min <= stated <= fact.max:
        return _Misfit("out-of-range", expected)
    return stated


def _chosen(fact: FactFile, stated: Any) -> Value | _Misfit:
    expected = "one of " + ", ".join(fact.values)
    if not isinstance(stated, str):
        return _Misfit("wrong-type", expected)
    return stated if stated in fact.values else _Misfit("not-in-values", expected)


def _set(fact: FactFile, stated: Any) -> Value | _Misfit:
    expected = "a list of none or more, each once, of " + ", ".join(fact.values)
    if not isinstance(stated, list):
        return _Misfit("wrong-type", expected)
    if not all(isinstance(each, str) and each in fact.values for each in stated) or len({*stated}) != len(stated):
        return _Misfit("not-in-values", expected)
    return frozenset(stated)


def _date(stated: Any) -> Value | _Misfit:
    day = _day(stated) if isinstance(stated, str) else None
    return day or _Misfit("wrong-type", "a day that exists: YYYY-MM-DD")


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated) if _DAY.fullmatch(stated) else None
    except ValueError:
        return None


def _not_known_faults(not_known: list[str], known: Set[str], facts: Mapping[str, FactFile]) -> Iterator[FieldFault]:
    before: set[str] = set()
    for place, fact_id in enumerate(not_known):
        field, named = f"not_known.{place}", fact_id if _ID.fullmatch(fact_id) else got(fact_id)
        refused = _refused(fact_id, facts)
        if refused:
            yield FieldFault(field, refused.code, refused.expected, got=named)
        elif fact_id in before:
            yield FieldFault(field, "twice", "each fact once", got=named)
        elif fact_id in known:
            yield FieldFault(field, "told-and-not-known", "a fact that is not among facts", got=named)
        before.add(fact_id)


def _out_of_order(known: Mapping[str, Value], on: date, today: date) -> Iterator[FieldFault]:
    """A date that the day asked about, today or another date rules out."""
    last = min(on, today)
    for fact_id in (_BIRTH, _DEATH, _PARENT_BIRTH):
        stated = known.get(fact_id)
        if isinstance(stated, date) and stated > last:
            yield _fault(fact_id, _Misfit("in-the-future", f"{last} or earlier"), str(stated))
    birth, death, parent = (known.get(fact_id) for fact_id in (_BIRTH, _DEATH, _PARENT_BIRTH))
    if isinstance(birth, date) and isinstance(parent, date) and parent >= birth:
        yield _fault(_PARENT_BIRTH, _Misfit("not-before-the-child", f"a day before {_BIRTH}, {birth}"), str(parent))
    if isinstance(birth, date) and isinstance(death, date) and death < birth:
        yield _fault(_DEATH, _Misfit("before-the-birth", f"{_BIRTH}, {birth}, or later"), str(death))


def _out_of_age(known: Mapping[str, Value], on: date, book: Rulebook) -> Iterator[FieldFault]:
    """A birth date that gives an age which nobody has."""
    found: set[str] = set()
    for fact_id, value in book.situation(known, on).known.items():
        fact = book.facts[fact_id]
        if fact.origin is not Origin.DERIVED or isinstance(value, bool) or not isinstance(value, int):
            continue
        source = fact.derived_from[0]
        if fact.min is not None and fact.max is not None and not fact.min <= value <= fact.max and source not in found:
            found.add(source)
            expected = f"a day that makes {fact_id} {fact.min} to {fact.max} on {on}"
            yield _fault(source, _Misfit("out-of-range", expected), str(known[source]))


def _fault(fact_id: str, misfit: _Misfit, came: str) -> FieldFault:
    return FieldFault(f"facts.{fact_id}" if _ID.fullmatch(fact_id) else "facts", misfit.code, misfit.expected, got=came)
