"""The rights as the files have them: the rule, and what an answer says about the way to apply."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from services.rights.domain.month_rule import Falls, MonthRule
from services.rights.domain.rule import JudgedFor
from services.rights.store.files import Data
from services.rights.store.rates import SourceFile
from services.rights.store.trees import ConfidenceName, NodeFile, walk
from shared.texts import Text

WhoMay = Literal["guardian", "youth_from_12", "youth_from_15", "youth_from_16", "youth_from_18", "service", "anyone"]


class LawFile(Data):
    """An act that the right rests on, and which of its sections were read."""

    act: str
    ref: str
    sections: list[str]
    read: bool | Literal["partly"]


class ValidFile(Data):
    """The days a version is in force: `from` included, `until` not; null is open."""

    start: date | None = Field(alias="from")
    until: date | None


class TurnFile(Data):
    """When a right begins or ends within the month or year."""

    rule: MonthRule
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


class VersionFile(Data):
    """What of a right may be otherwise in other years: whom it is for, and when it begins and ends."""

    valid: ValidFile
    when: NodeFile
    begins: TurnFile | None = None
    ends: TurnFile | None = None
    confidence: ConfidenceName
    unverified: list[str]


class RightFile(VersionFile):
    """One right, rules/<id>.yaml: the newest version, and the others under `earlier`."""

    id: str
    name: Text
    kind: str
    level: str
    authority: str
    area: str
    judged_for: JudgedFor
    law: list[LawFile]
    earlier: list[VersionFile] = Field(default=[])
    summary: Text
    relevant_when: list[NodeFile]
    application: ApplicationFile
    answer: DutyFile | None = None
    complaint: ComplaintFile
    transitions: list[TransitionFile] = Field(default=[])
    amounts: list[AmountFile] = Field(default=[])
    links: LinksFile
    sources: list[SourceFile]
    notes: Text | None = None

    @property
    def versions(self) -> Iterator[tuple[str, VersionFile]]:
        """Every version, the newest first, with the path it stands below (none: it is the file itself)."""
        yield "", self
        yield from ((f"earlier.{place}.", version) for place, version in enumerate(self.earlier))

    @property
    def nodes(self) -> Iterator[tuple[str, NodeFile]]:
        """Every node of every version's tree, with its path."""
        for below, version in self.versions:
            yield from walk(version.when, f"{below}when")
