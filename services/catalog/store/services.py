"""The rights as public services, rules/<id>.yaml: a generated copy of the rights service's files."""

from collections.abc import Iterator, Mapping, Set
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from services.catalog.store.files import Data, DataFault, read_yaml
from services.catalog.store.sources import SourceFile, Sureness
from shared.texts import Text

Kind = Literal["benefit", "service", "right", "aid", "scheme", "protection"]
Level = Literal["state", "county", "municipality", "health_trust", "employer", "private"]
Area = Literal[
    "economy",
    "health",
    "care",
    "school",
    "kindergarten",
    "work",
    "housing",
    "transport",
    "leisure",
    "aids",
    "legal",
    "family",
]


class LawFile(Data):
    """An act, the sections, and whether they were read."""

    act: str
    ref: str
    sections: list[str]
    read: bool | Literal["partly"]


class ValidFile(Data):
    """Since when the right exists."""

    start: date | None = Field(alias="from")
    until: date | None


class TurnFile(Data):
    """When a right begins or ends within the month or year."""

    rule: str
    law: str
    note: str | None = None
    confidence: Sureness | None = None


class ApplicationFile(Data):
    """Who may apply, and how."""

    needed: bool
    who_may: list[str]
    form: str | None = None
    channel: str
    deadline: str | None = None
    back_payment_months: int | None = None
    documentation: list[str] = Field(default=[])
    confidence: Sureness
    note: str | None = None


class DutyFile(Data):
    """The authority's duty to answer, as ids of deadlines."""

    deadline: str | None
    preliminary: str | None
    note: str | None = None


class ComplaintFile(Data):
    """Where a complaint goes."""

    deadline: str | None
    body: str
    send_to: str | None = None
    further: str | None = None
    law: str
    confidence: Sureness
    note: str | None = None


class TransitionFile(Data):
    """What changes at an age."""

    at_age: int
    falls: str
    effect: Text
    confidence: Sureness | None = None


class AmountFile(Data):
    """How much: a rate, or words."""

    what: str
    rate: str | None = None
    text: str | None = None
    confidence: Sureness | None = None


class ServiceFile(Data):
    """One service. `when` is the rights service's to judge; only the ages in it are looked at here. `earlier`: other versions of it, not shown."""

    id: str
    name: Text
    kind: Kind
    level: Level
    authority: str
    area: Area
    judged_for: Literal["child", "guardian"]
    law: list[LawFile]
    valid: ValidFile
    summary: Text
    when: dict[str, Any]
    earlier: list[dict[str, Any]] = Field(default=[])
    relevant_when: list[dict[str, Any]]
    begins: TurnFile | None = None
    ends: TurnFile | None = None
    application: ApplicationFile
    answer: DutyFile | None = None
    complaint: ComplaintFile
    transitions: list[TransitionFile] = Field(default=[])
    amounts: list[AmountFile] = Field(default=[])
    links: dict[str, list[str]]
    sources: list[SourceFile]
    confidence: Sureness
    unverified: list[str]
    notes: Text | None = None


def read_services(
    folder: Path, *, rates: Set[str], organisations: Set[str], acts: Set[str]
) -> Mapping[str, ServiceFile]:
    """Every service by its id, checked against what it refers to. Raises DataFault."""
    services = {
        file.stem: read_yaml(file, ServiceFile) for file in sorted(folder.glob("*.yaml"), key=lambda file: file.stem)
    }
    if not services:
        raise DataFault(folder, "", "no services here")
    for name, service in services.items():
        for path, reason in _faults(
            service, name, rates=rates, organisations=organisations, known=services.keys(), acts=acts
        ):
            raise DataFault(folder / f"{name}.yaml", path, reason)
    return services


def _faults(
    service: ServiceFile, name: str, *, rates: Set[str], organisations: Set[str], known: Set[str], acts: Set[str]
) -> Iterator[tuple[str, str]]:
    if service.id != name:
        yield "id", f"{service.id} is not the file's name"
    wanted: list[tuple[str, str | None, Set[str]]] = [
        ("authority", service.authority, organisations),
        ("complaint.body", service.complaint.body, organisations),
        *((f"law.{place}.ref", law.ref, acts) for place, law in enumerate(service.law)),
        *((f"amounts.{place}.rate", amount.rate, rates) for place, amount in enumerate(service.amounts)),
        *((f"links.{kind}", each, known) for kind, others in service.links.items() for each in others),
    ]
    yield from (
        (path, f"{value!r} is not known") for path, value, there in wanted if value is not None and value not in there
    )
