"""The vocabulary file `data/facts.yaml`: what can be told, and how it is asked."""

from functools import cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.mapping.domain.facts import Fact, FactSubject, FactType, Origin, Vocabulary
from services.mapping.store.data_files import DATA, read
from shared.texts import Text

_NUMBERS = (FactType.INTEGER, FactType.NUMBER)
_CHOICES = (FactType.ENUM, FactType.SET)


class FactEntry(BaseModel):
    """One fact as the file has it; see the facts' README."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    subject: FactSubject
    type: FactType
    group: str
    origin: Annotated[Origin, Field(alias="from")]
    meaning: str
    derived_from: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    labels: dict[str, Text] = {}
    unit: str | None = None
    minimum: Annotated[float | None, Field(alias="min")] = None
    maximum: Annotated[float | None, Field(alias="max")] = None
    question: Text | None = None
    question_youth: Text | None = None
    sensitive: bool = False
    ask_when: tuple[dict[str, Any], ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.type in _NUMBERS and (self.unit is None or self.minimum is None or self.maximum is None):
            raise ValueError("a number has unit, min and max")
        if self.type in _CHOICES and (not self.values or set(self.values) != set(self.labels)):
            raise ValueError("an enum or set has values, each with a label")
        if (self.origin is Origin.TOLD) != (self.question is not None):
            raise ValueError("a told fact, and no other, has a question")
        return self

    def as_fact(self, fact_id: str) -> Fact:
        """What the domain needs of it."""
        return Fact(
            id=fact_id,
            subject=self.subject,
            type=self.type,
            group=self.group,
            origin=self.origin,
            values=self.values,
            minimum=self.minimum,
            maximum=self.maximum,
            unit=self.unit,
            sensitive=self.sensitive,
        )


class FactFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: dict[str, FactEntry]


@cache
def entries() -> dict[str, FactEntry]:
    """Every fact with its texts, by id."""
    return read(DATA / "facts.yaml", FactFile).facts


@cache
def vocabulary() -> Vocabulary:
    """Every fact as the domain sees it, by id."""
    return {fact_id: entry.as_fact(fact_id) for fact_id, entry in entries().items()}
