"""The vocabulary: every fact that a rule may use. A generated copy of mapping's file."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from services.rights.domain.fact import Fact, Origin, Subject, Type, Vocabulary
from services.rights.domain.possible import Domain, Domains
from services.rights.domain.tree import Comparator
from services.rights.store.files import DATA, Data, DataFault, Place, read_yaml
from services.rights.store.trees import NodeFile, RateRefFile, to_atom
from shared.texts import Text

_BOUNDS = frozenset({Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW})
COMPARATORS: Mapping[Type, frozenset[Comparator]] = {
    Type.BOOLEAN: frozenset({Comparator.IS}),
    Type.ENUM: frozenset({Comparator.IS, Comparator.IN}),
    Type.SET: frozenset({Comparator.OVERLAPS}),
    Type.DATE: frozenset(),
    Type.INTEGER: _BOUNDS | {Comparator.IS, Comparator.IN},
    Type.NUMBER: _BOUNDS,
}


class FactFile(Data):
    """One fact as the file has it, with its words for people."""

    subject: Subject
    type: Type
    group: str
    origin: Origin = Field(alias="from")
    meaning: str
    derived_from: list[str] = Field(default=[])
    values: list[str] = Field(default=[])
    labels: dict[str, Text] = Field(default={})
    unit: str | None = None
    min: int | float | None = None
    max: int | float | None = None
    sensitive: bool = False
    ask_when: list[NodeFile] = Field(default=[])
    question: Text | None = None
    question_youth: Text | None = None


class FactsFile(Data):
    """facts.yaml."""

    facts: dict[str, FactFile]


def read_facts(file: Place = DATA / "facts.yaml") -> Mapping[str, FactFile]:
    """Every fact by its id, as the file has it. Raises DataFault."""
    facts = read_yaml(file, FactsFile).facts
    for fact_id, fact in facts.items():
        for path, reason in _faults(fact, facts):
            raise DataFault(file, f"facts.{fact_id}{path}", reason)
    return facts


def vocabulary_of(facts: Mapping[str, FactFile]) -> Vocabulary:
    """The facts as the decisions use them."""
    return {
        fact_id: Fact(
            id=fact_id,
            subject=fact.subject,
            type=fact.type,
            group=fact.group,
            origin=fact.origin,
            derived_from=tuple(fact.derived_from),
            sensitive=fact.sensitive,
            ask_when=tuple(to_atom(guard) for guard in fact.ask_when),
        )
        for fact_id, fact in facts.items()
    }


def domains_of(facts: Mapping[str, FactFile]) -> Domains:
    """What values each fact may have."""
    return {fact_id: Domain(fact.type, tuple(fact.values), fact.min, fact.max) for fact_id, fact in facts.items()}


def atom_fault(atom: NodeFile, facts: Mapping[str, FactFile], units: Mapping[str, str]) -> str | None:
    """Why the atom does not fit the vocabulary, or None. `units`: the unit of each rate that a bound may name."""
    fact = facts.get(atom.fact or "")
    if fact is None:
        return f"unknown fact {atom.fact!r}"
    for comparator, bound in atom.bounds.items():
        if comparator not in COMPARATORS[fact.type]:
            return f"{comparator.value} does not fit the {fact.type.value} {atom.fact}"
        if isinstance(bound, RateRefFile) and units.get(bound.rate) != fact.unit:
            return f"{atom.fact} is in {fact.unit}, the rate {bound.rate} in {units.get(bound.rate, 'nothing: it does not exist')}"
        if not isinstance(bound, RateRefFile) and not all(
            _is_value(fact, value) for value in (bound if isinstance(bound, list) else [bound])
        ):
            return f"{bound!r} is no value of {atom.fact}"
    return None


def _is_value(fact: FactFile, value: object) -> bool:
    match fact.type:
        case Type.BOOLEAN:
            return isinstance(value, bool)
        case Type.ENUM | Type.SET:
            return value in fact.values
        case _:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and (fact.min is None or fact.min <= value) and (fact.max is None or value <= fact.max)  # type: ignore[operator]  # a number


def _faults(fact: FactFile, facts: Mapping[str, FactFile]) -> Iterator[tuple[str, str]]:
    if (fact.origin is Origin.TOLD) is not (fact.question is not None):
        yield "", "a told fact, and no other, has a question"
    if list(fact.labels) != fact.values:
        yield ".labels", "labels and values differ"
    if (fact.origin is Origin.DERIVED) is not bool(fact.derived_from):
        yield ".derived_from", "two say what it is: a derived fact, and no other, follows from others"
    if any(source not in facts for source in fact.derived_from):
        yield ".derived_from", "an unknown fact"
    for place, guard in enumerate(fact.ask_when):
        if guard.fact is None:
            yield f".ask_when.{place}", "a question is guarded by atoms only"
        elif fault := atom_fault(guard, facts, {}):
            yield f".ask_when.{place}", fault
