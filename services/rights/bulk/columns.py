"""People as columns: one array for each fact, and a bit for each person whose fact is known."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from services.rights.domain.derived import SchoolStart
from services.rights.domain.fact import Origin, Subject, Type
from services.rights.store.facts import FactFile
from shared.dates import MONTHS_A_YEAR

Bits: TypeAlias = NDArray[np.uint8]  # one bit a person, eight to a byte
Truths: TypeAlias = NDArray[np.bool_]
_STATED: Mapping[Type, tuple[type, ...]] = {
    Type.BOOLEAN: (bool,),
    Type.INTEGER: (int, float),
    Type.NUMBER: (int, float),
    Type.DATE: (str, date),
    Type.ENUM: (str,),
    Type.SET: (list, frozenset),
}
_NO_CHOICE = -1
_EPOCH = 1970  # where NumPy's months begin


class NotAValue(Exception):
    """A person's fact that cannot be read: which fact, and why."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One fact of everyone. `values` is by type: truths, numbers, days, the place of a choice, or a bit for each choice of a set."""

    values: NDArray[Any]
    known: Bits
    choices: tuple[str, ...] = ()

    def places(self, chosen: Iterable[str]) -> list[int]:
        """The places of these choices; one that the fact does not have is nobody's."""
        return [self.choices.index(each) for each in chosen if each in self.choices]


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """So many people, by fact. A fact without a column is known of nobody. `has_case`: who has an application or a decision."""

    number: int
    columns: Mapping[str, Column]
    has_case: Bits

    @property
    def nobody(self) -> Bits:
        """No bit set."""
        return np.zeros(-(-self.number // 8), dtype=np.uint8)

    @property
    def everyone(self) -> Bits:
        """Every person's bit set."""
        return packed(np.ones(self.number, dtype=np.bool_))


def packed(truths: Truths) -> Bits:
    """Eight people to a byte."""
    return np.packbits(truths)


def people_of(
    told: Sequence[Mapping[str, object]],
    facts: Mapping[str, FactFile],
    day: date,
    school_start: SchoolStart,
) -> People:
    """The people as columns, with what follows from their facts on the day. Raises NotAValue. What is null is not known."""
    if unknown := {fact for each in told for fact in each} - facts.keys():
        raise NotAValue(f"{sorted(unknown)[0]}: no such fact")
    columns = {
        name: _column([each.get(name) for each in told], name, fact)
        for name, fact in facts.items()
        if fact.origin is not Origin.DERIVED and any(name in each for each in told)
    }
    return with_derived(columns, len(told), facts, day, school_start)


def with_derived(
    columns: Mapping[str, Column], number: int, facts: Mapping[str, FactFile], day: date, school_start: SchoolStart
) -> People:
    """The columns, and those that follow from them on the day (in Europe/Oslo); the same as `domain/derived.py` for one person."""
    found = dict(columns)
    has_case = packed(np.zeros(number, dtype=np.bool_))
    for name in columns.keys() & {name for name, fact in facts.items() if fact.subject is Subject.CASE}:
        has_case = has_case | columns[name].known
    if birth := columns.get("birth_date"):
        found |= _ages_of_a_child(birth, day, school_start)
    if parent := columns.get("parent_birth_date"):
        found |= _ages_of_a_parent(parent, day)
    found |= _of_a_death(columns, number)
    return People(number, {name: column for name, column in found.items() if name in facts}, has_case)


def _column(values: list[Any], name: str, fact: FactFile) -> Column:
    stated = {type(each) for each in values} - {type(None)}
    if stray := stated - set(_STATED[fact.type]):
        raise NotAValue(f"{name}: {stray.pop().__name__} where {fact.type.value} is expected")
    try:
        known = packed(np.fromiter((each is not None for each in values), np.bool_, len(values)))
        return Column(_array(values, fact), known, tuple(fact.values))
    except (KeyError, ValueError, OverflowError) as fault:
        raise NotAValue(f"{name}: {fault.args[0]!r} is no value of it") from fault


def _array(values: list[Any], fact: FactFile) -> NDArray[Any]:
    number = len(values)
    match fact.type:
        case Type.BOOLEAN:
            return np.fromiter((each is True for each in values), np.bool_, number)
        case Type.ENUM:
            places = {None: _NO_CHOICE} | {value: place for place, value in enumerate(fact.values)}
            return np.fromiter((places[each] for each in values), np.int32, number)
        case Type.SET:
            bits = {value: 1 << place for place, value in enumerate(fact.values)}
            return np.fromiter((sum(bits[one] for one in set(each or ())) for each in values), np.uint64, number)
        case Type.DATE:
            return np.array(values, dtype="datetime64[D]")
        case _:
            return np.fromiter((0 if each is None else each for each in values), np.float64, number)


def _ages_of_a_child(birth: Column, day: date, school_start: SchoolStart) -> dict[str, Column]:
    def on(born: NDArray[Any]) -> dict[str, NDArray[Any]]:
        year, month, first = _parts(born)
        starts = _date(year + school_start.turning, school_start.month, school_start.day)
        return {
            "child_age": np.maximum(day.year - year - _later(month, first, day), 0),
            "child_age_turning_this_year": np.maximum(day.year - year, 0),
            "child_age_months": np.maximum(
                (day.year - year) * MONTHS_A_YEAR + day.month - month - (day.day < first), 0
            ),
            "kindergarten_age": np.datetime64(day, "D") < starts,
        }

    return {name: Column(values, birth.known) for name, values in _by_day(birth.values, on).items()}


def _ages_of_a_parent(birth: Column, day: date) -> dict[str, Column]:
    def on(born: NDArray[Any]) -> dict[str, NDArray[Any]]:
        year, month, first = _parts(born)
        turning = day.year - year
        return {"parent_age": turning - _later(month, first, day), "parent_age_turning_this_year": turning}

    return {name: Column(values, birth.known) for name, values in _by_day(birth.values, on).items()}


def _by_day(days: NDArray[Any], values: Callable[[NDArray[Any]], dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """Worked out once for each day of the calendar that people share, and not once for each of them, where that is less."""
    known, numbers = ~np.isnat(days), days.astype("datetime64[D]").view(np.int64)
    if not known.any():
        return values(days)
    first, last = numbers[known].min(), numbers[known].max()
    if last - first >= len(days):
        return values(days)
    places = np.where(known, numbers - first, 0)
    each_day = np.arange(first, last + 1).astype("datetime64[D]")
    return {name: found[places] for name, found in values(each_day).items()}


def _of_a_death(columns: Mapping[str, Column], number: int) -> dict[str, Column]:
    """Once the register has told of a birth it has told of a death, if there was one."""
    none = packed(np.zeros(number, dtype=np.bool_))
    birth, death, still = (columns.get(fact) for fact in ("birth_date", "date_of_death", "stillborn"))
    told = death.known if death else none
    stillborn = still.known & packed(still.values) if still else none
    died = told | stillborn
    found = {
        "deceased": Column(np.unpackbits(died, count=number).astype(np.bool_), died | (birth.known if birth else none))
    }
    if birth and death:
        (born, month, day), (died_in, died_month, died_day) = _parts(birth.values), _parts(death.values)
        too_early = (died_month < month) | ((died_month == month) & (died_day < day))
        found["age_at_death"] = Column(np.maximum(died_in - born - too_early, 0), told & birth.known)
    return found


def _later(month: NDArray[Any], day: NDArray[Any], than: date) -> NDArray[Any]:
    """Whether the day of the year is still to come."""
    later: NDArray[Any] = (month > than.month) | ((month == than.month) & (day > than.day))
    return later


def _parts(days: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Year, month and day of the month; where no day is known, any."""
    known = np.where(np.isnat(days), np.datetime64(0, "D"), days)
    months = known.astype("datetime64[M]")
    since = months.astype(np.int64)
    return (
        (since // MONTHS_A_YEAR + _EPOCH).astype(np.int32),
        (since % MONTHS_A_YEAR + 1).astype(np.int32),
        ((known - months).astype(np.int64) + 1).astype(np.int32),
    )


def _date(years: NDArray[Any], month: int, day: int) -> NDArray[Any]:
    months = (years.astype(np.int64) - _EPOCH) * MONTHS_A_YEAR + month - 1
    dates: NDArray[Any] = months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1)
    return dates
