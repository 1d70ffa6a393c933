"""What the law says about complaints, from the copy that this service ships."""

from collections.abc import Container
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from services.applications.domain.complaint_law import ComplaintLaw, ComplaintRule, StatedComplaint
from services.applications.store.files import DATA, BadDataFile, read
from services.applications.store.vocabulary import words
from shared.counting import Counting, Length, Unit
from shared.texts import Text

FILE = DATA / "complaints.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Length(_Strict):
    value: int = Field(ge=0)
    unit: Unit


class _Valid(_Strict):
    from_: date | None = Field(alias="from")
    until: date | None


class _Rule(_Strict):
    law: str
    length: _Length | None
    counting: Counting
    valid: _Valid


class _Right(_Strict):
    rule: str | None
    body: str | None


class _File(_Strict):
    rules: dict[str, _Rule]
    bodies: dict[str, Text]
    rights: dict[str, _Right]


def load(holidays: Container[date]) -> ComplaintLaw:
    """The whole of it. Raises BadDataFile."""
    found = read(FILE, _File)
    lost = {each.rule for each in found.rights.values()} - {None, *found.rules}
    lost |= {each.body for each in found.rights.values()} - {None, *found.bodies}
    if lost:
        raise BadDataFile(f"{FILE}: rights: {', '.join(sorted(map(str, lost)))} is named and not there")
    return ComplaintLaw(
        rules={name: _rule(name, each) for name, each in found.rules.items()},
        rights={name: StatedComplaint(each.rule, each.body) for name, each in found.rights.items()},
        bodies={name: words(each) for name, each in found.bodies.items()},
        holidays=holidays,
    )


def _rule(name: str, found: _Rule) -> ComplaintRule:
    return ComplaintRule(
        id=name,
        law=found.law,
        length=Length(found.length.value, found.length.unit) if found.length else None,
        counting=found.counting,
        valid_from=found.valid.from_,
        valid_until=found.valid.until,
    )
