"""The legal time limits, from the copy that this service ships."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.status.domain.deadline import Deadline, DeadlineKind
from services.status.store.files import DATA, read
from shared.counting import Counting, Length, Unit
from shared.texts import Text

FILE = DATA / "deadlines.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _AppliesTo(_Strict):
    authorities: tuple[str, ...]
    rights: tuple[str, ...] | Literal["*"]
    note: str | None = None


class _Length(_Strict):
    value: int = Field(ge=0)
    unit: Unit


class _Valid(_Strict):
    from_: date | None = Field(alias="from")
    until: date | None


class _Deadline(_Strict):
    id: str
    what: Text
    kind: DeadlineKind
    who: Literal["family", "authority"]
    applies_to: _AppliesTo
    starts: str
    starts_note: str | None = None
    length: _Length | None
    length_note: str | None = None
    fixed_date: str | None = None
    counting: Counting
    suspended_by: tuple[str, ...] = ()
    extended_by: tuple[str, ...] = ()
    longest: str | None = None
    body: str | None = None
    valid: _Valid
    in_force: bool = True
    law: str
    confidence: Literal["sourced", "uncertain", "memory"]
    sources: tuple[dict[str, Any], ...] = ()
    note: str | None = None


class _File(_Strict):
    meta: dict[str, Any]
    deadlines: tuple[_Deadline, ...]


def load() -> tuple[Deadline, ...]:
    """Every time limit. Raises BadDataFile."""
    return tuple(_deadline(found) for found in read(FILE, _File).deadlines)


def _deadline(found: _Deadline) -> Deadline:
    listed = found.applies_to.rights
    return Deadline(
        id=found.id,
        kind=found.kind,
        who=found.who,
        what=found.what.model_dump(exclude_none=True),
        starts=found.starts,
        length=Length(found.length.value, found.length.unit) if found.length else None,
        counting=found.counting,
        law=found.law,
        confidence=found.confidence,
        authorities=frozenset(found.applies_to.authorities),
        rights=None if listed == "*" else frozenset(listed),
        valid_from=found.valid.from_,
        valid_until=found.valid.until,
        in_force=found.in_force,
        body=found.body,
    )
