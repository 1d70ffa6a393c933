"""The vocabulary of facts, from the copy that this service ships."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.applications.domain.prefill import DERIVED
from services.applications.domain.vocabulary import About, Atom, Fact, FactType, Origin
from services.applications.store import wordings
from services.applications.store.files import DATA, BadDataFile, read
from shared.texts import Text

FILE = DATA / "facts.yaml"
_COMPARATORS = ("is", "in", "overlaps", "at_least", "above", "at_most", "below")


class _Fact(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    subject: About
    type: FactType
    group: str
    origin: Origin = Field(alias="from")
    meaning: str
    question: Text | None = None
    question_youth: Text | None = None
    values: tuple[str, ...] = ()
    labels: dict[str, Text] = {}
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    sensitive: bool = False
    ask_when: tuple[dict[str, Any], ...] = ()


class _File(BaseModel):
    facts: dict[str, _Fact]


def load() -> dict[str, Fact]:
    """Every fact by id. Raises BadDataFile."""
    labels = wordings.load().register_facts
    return {fact_id: _fact(fact_id, found, labels.get(fact_id)) for fact_id, found in read(FILE, _File).facts.items()}


def _fact(fact_id: str, found: _Fact, label: Text | None) -> Fact:
    return Fact(
        id=fact_id,
        type=found.type,
        about=found.subject,
        group=found.group,
        origin=found.origin,
        question=words(found.question or label or Text(nb=found.meaning)),
        question_youth=words(found.question_youth) if found.question_youth else {},
        values=found.values,
        labels={value: words(text) for value, text in found.labels.items()},
        unit=found.unit,
        minimum=found.min,
        maximum=found.max,
        sensitive=found.sensitive,
        ask_when=tuple(atom for node in found.ask_when for atom in _atoms(node)),
    )


def _atoms(node: dict[str, Any]) -> Iterator[Atom]:
    """A condition with a lower and an upper comparator is two conditions."""
    for comparator in _COMPARATORS:
        if comparator in node:
            operand = node[comparator]
            yield Atom(str(node["fact"]), comparator, tuple(operand) if isinstance(operand, list) else operand)


def require_derivable(fact: Fact) -> None:
    """A form may hold a derived fact only when we can work it out. Raises BadDataFile."""
    if fact.origin is Origin.DERIVED and fact.id not in DERIVED:
        raise BadDataFile(f"{FILE}: facts.{fact.id}: no form can hold it, since it is not worked out here")


def words(text: Text) -> dict[str, str]:
    """A text as plain words by language."""
    return text.model_dump(exclude_none=True)
