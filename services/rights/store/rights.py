"""The rights as the files have them: the rule, and what an answer says about the way to apply."""

from collections.abc import Iterator, Mapping, Set
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from services.rights.domain.rule import JudgedFor
from services.rights.store.facts import FactFile, atom_fault
from services.rights.store.files import Data, DataFault, read_yaml
from services.rights.store.rates import RateFile, SourceFile
from services.rights.store.trees import ConfidenceName, NodeFile, walk
from shared.texts import Text

WhoMay = Literal["guardian", "youth_from_12", "youth_from_15", "youth_from_16", "youth_from_18", "service", "anyone"]
Falls = Literal["birthday", "year_start", "year_end", "month_end", "month_before", "school_start", "school_year"]


class LawFile(Data):
    """An act that the right rests on, and which of its sections were read."""

    act: str
    ref: str
    sections: list[str]
    read: bool | Literal["partly"]


class ValidFile(Data):
    """When the right exists."""

    start: date | None = Field(alias="from")
    until: date | None


class TurnFile(Data):
    """When a right begins or ends within the month or year."""

    rule: str
    law: str
    note: str | None = None
    confidence: ConfidenceName | None = None


class ApplicationFile(Data):
    """Who may apply, and how."""

    needed: bool
    who_may: list[WhoMay] = Field(min_length=1)
    form: str | None = None
    channel: str
    deadline: str | None = None
    back_payment_months: int | None = None
    documentation: list[str] = Field(default=[])
    confidence: ConfidenceName
    note: str | None = None


class DutyFile(Data):
    """The authority's duty to answer, as ids of deadlines."""

    deadline: str | None
    preliminary: str | None
    note: str | None = None


class ComplaintFile(Data):
    """Where a complaint goes, and its deadline as an id."""

    deadline: str | None
    body: str
    send_to: str | None = None
    further: str | None = None
    law: str
    confidence: ConfidenceName
    note: str | None = None


class TransitionFile(Data):
    """What changes at an age."""

    at_age: int
    falls: Falls
    effect: Text
    confidence: ConfidenceName | None = None


class AmountFile(Data):
    """How much: a rate, or words."""

    what: str
    rate: str | None = None
    text: str | None = None
    confidence: ConfidenceName | None = None


class LinksFile(Data):
    """Other rights that this one touches."""

    gives_access_to: list[str] = Field(default=[])
    excludes: list[str] = Field(default=[])
    reduces: list[str] = Field(default=[])
    before: list[str] = Field(default=[])
    see_also: list[str] = Field(default=[])


class RightFile(Data):
    """One right, rights/<id>.yaml."""

    id: str
    name: Text
    kind: str
    level: str
    authority: str
    area: str
    judged_for: JudgedFor
    law: list[LawFile]
    valid: ValidFile
    summary: Text
    when: NodeFile
    relevant_when: list[NodeFile]
    begins: TurnFile | None = None
    ends: TurnFile | None = None
    application: ApplicationFile
    answer: DutyFile | None = None
    complaint: ComplaintFile
    transitions: list[TransitionFile] = Field(default=[])
    amounts: list[AmountFile] = Field(default=[])
    links: LinksFile
    sources: list[SourceFile]
    confidence: ConfidenceName
    unverified: list[str]
    notes: Text | None = None


def read_rights(
    folder: Path, *, facts: Mapping[str, FactFile], rates: Mapping[str, RateFile], organisations: Set[str]
) -> Mapping[str, RightFile]:
    """Every right by its id, checked against the vocabulary, the rates and the organisations. Raises DataFault."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise DataFault(folder, "", "no rights here")
    rights = {file.stem: read_yaml(file, RightFile) for file in files}
    units = {rate.id: rate.unit for rate in rates.values()}
    for name, right in rights.items():
        for path, reason in _faults(right, name, facts=facts, units=units, organisations=organisations):
            raise DataFault(folder / f"{name}.yaml", path, reason)
    return rights


def _faults(
    right: RightFile, name: str, *, facts: Mapping[str, FactFile], units: Mapping[str, str], organisations: Set[str]
) -> Iterator[tuple[str, str]]:
    if right.id != name:
        yield "id", f"{right.id} is not the file's name"
    for path, node in _nodes(right):
        if node.fact is not None and (fault := atom_fault(node, facts, units)):
            yield path, fault
    for path, authority in _authorities(right):
        if authority not in organisations:
            yield path, f"unknown authority {authority!r}"
    for place, amount in enumerate(right.amounts):
        if amount.rate is not None and amount.rate not in units:
            yield f"amounts.{place}.rate", f"unknown rate {amount.rate!r}"


def _nodes(right: RightFile) -> Iterator[tuple[str, NodeFile]]:
    yield from walk(right.when, "when")
    for place, node in enumerate(right.relevant_when):
        yield from walk(node, f"relevant_when.{place}")


def _authorities(right: RightFile) -> Iterator[tuple[str, str]]:
    yield from (("authority", right.authority), ("complaint.body", right.complaint.body))
    yield from ((f"{path}.by", node.by) for path, node in _nodes(right) if node.by is not None)
