"""What the service's owners hold questions to be worth and to cost. Read once, and checked against the facts and the rights."""

from collections.abc import Iterator, Mapping, Set
from functools import cache
from pathlib import Path

from pydantic import Field

from services.rights.domain.fact import Type
from services.rights.domain.weights import Weights
from services.rights.store.facts import FactFile
from services.rights.store.files import DATA, Data, DataFault, read_yaml
from services.rights.store.rulebook import rulebook


class _Importance(Data):
    """Rights that mean more, or less, than the others."""

    why: str
    weight: float = Field(gt=0)
    rights: list[str]


class _Kind(Data):
    """Questions of one kind."""

    why: str
    facts: list[str] = Field(min_length=2)


class _Share(Data):
    """What a right counts for, by its signs."""

    why: str
    concerns: float = Field(gt=0)
    open: float = Field(gt=0)
    does_not: float = Field(gt=0)


class _Cost(Data):
    """What an answer costs by its type; `sensitive` comes on top, as a factor."""

    why: str
    by_type: dict[Type, float]
    sensitive: float = Field(gt=1)


class _File(Data):
    """questions.yaml."""

    otherwise: float = Field(gt=0)
    importance: list[_Importance]
    share: _Share
    cost: _Cost
    together: list[_Kind]


@cache
def weights() -> Weights:
    """The weights that the service ships. Raises DataFault."""
    book = rulebook()
    return read_weights(DATA / "questions.yaml", facts=book.facts, rights=book.rights.keys())


def read_weights(path: Path, *, facts: Mapping[str, FactFile], rights: Set[str]) -> Weights:
    """The weights of a file. Raises DataFault."""
    file = read_yaml(path, _File)
    for place, reason in _faults(file, facts.keys(), rights):
        raise DataFault(path, place, reason)
    told = {each: group.weight for group in file.importance for each in group.rights}
    sensitive, by_type = file.cost.sensitive, file.cost.by_type
    return Weights(
        importance={right: told.get(right, file.otherwise) for right in rights},
        otherwise=file.otherwise,
        share=(file.share.concerns, file.share.open, file.share.does_not),
        cost={name: by_type[fact.type] * (sensitive if fact.sensitive else 1) for name, fact in facts.items()},
        together={fact: frozenset(kind.facts) for kind in file.together for fact in kind.facts},
    )


def _faults(file: _File, facts: Set[str], rights: Set[str]) -> Iterator[tuple[str, str]]:
    yield from _bad_ids("importance", [right for group in file.importance for right in group.rights], rights)
    yield from _bad_ids("together", [fact for kind in file.together for fact in kind.facts], facts)
    if missing := set(Type) - file.cost.by_type.keys():
        yield "cost.by_type", f"no cost for {sorted(missing)}"


def _bad_ids(place: str, listed: list[str], known: Set[str]) -> Iterator[tuple[str, str]]:
    if unknown := sorted(set(listed) - known):
        yield place, f"unknown: {unknown}"
    if twice := sorted({each for each in listed if listed.count(each) > 1}):
        yield place, f"named twice: {twice}"
