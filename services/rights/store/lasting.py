"""Which facts will not last, and how far ahead is looked: our own judgement of the product, each with its reason."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from services.rights.domain.derived import SchoolStart
from services.rights.domain.fact import Origin, Type
from services.rights.domain.lasting import End, Lasting, Limit
from services.rights.store.facts import FactFile
from services.rights.store.files import DATA, Data, DataFault, Place, read_yaml
from shared.texts import Text

_NUMBERED = frozenset({End.AGE, End.MONTHS, End.DAYS})


class Horizon(Data):
    """How far a timeline looks: until the child is so old or so many years on, whichever is later, never further than the most years;
    how many days ahead a family is told that something changes, and after how many days the worker looks again in any case."""

    age: int = Field(gt=0)
    years: int = Field(gt=0)
    most_years: int = Field(gt=0)
    ahead_days: int = Field(gt=0)
    sleep_days: int = Field(gt=0)


class LimitFile(Data):
    """Facts that end in the same way, and why."""

    facts: list[str] = Field(min_length=1)
    ends: End
    number: int | None = Field(default=None, gt=0)
    values: list[bool | int | str] = Field(default=[])
    reason: Text


class LastingFile(Data):
    """lasting.yaml."""

    horizon: Horizon
    lasting: list[LimitFile]


def read_lasting(file: Place = DATA / "lasting.yaml", *, facts: Mapping[str, FactFile]) -> LastingFile:
    """The file, checked against the vocabulary. Raises DataFault."""
    found = read_yaml(file, LastingFile)
    for path, reason in _faults(found, facts):
        raise DataFault(file, path, reason)
    return found


def lasting_of(file: LastingFile, school_start: SchoolStart) -> Lasting:
    """The limits as the decisions use them."""
    limits: dict[str, tuple[Limit, ...]] = {}
    for each in file.lasting:
        for fact in each.facts:
            limits[fact] = (*limits.get(fact, ()), Limit(each.ends, each.number, frozenset(each.values)))
    return Lasting(limits, school_start)


def _faults(file: LastingFile, facts: Mapping[str, FactFile]) -> Iterator[tuple[str, str]]:
    for place, each in enumerate(file.lasting):
        if (each.number is not None) is not (each.ends in _NUMBERED):
            yield (
                f"lasting.{place}.number",
                f"{each.ends.value} {'needs' if each.ends in _NUMBERED else 'takes no'} number",
            )
        for fact_id in each.facts:
            if reason := _fault(each, facts.get(fact_id)):
                yield f"lasting.{place}.facts", f"{fact_id}: {reason}"


def _fault(limit: LimitFile, fact: FactFile | None) -> str | None:
    if fact is None:
        return "unknown fact"
    if fact.origin not in (Origin.TOLD, Origin.CASE):
        return "what a register knows, or follows from other facts, lasts as long as they do"
    if fact.type in (Type.ENUM, Type.SET) and not set(map(str, limit.values)) <= set(fact.values):
        return f"{limit.values} are no values of it"
    return None
