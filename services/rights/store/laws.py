"""The acts that rules refer to, by their short names. A generated copy of the catalog's file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from services.rights.store.files import DATA, Data, read_yaml

_REFERENCE = re.compile(r"(?P<short>[^§;]+?) (?P<place>(?:§|kap\.) .+)")
_NO_LAW = "none:"


class ActFile(Data):
    """One act: its names and where it is published. What was read of it is the catalog's to show."""

    short: str
    name: str
    ref: str
    url: str
    also_written: list[str] = Field(default=[])
    sections: dict[str, list[str]]
    copies: list[dict[str, Any]]
    read_elsewhere: list[dict[str, Any]] = Field(default=[])
    changes: list[dict[str, Any]]
    used_by: int


class LawsFile(Data):
    """law.yaml."""

    meta: dict[str, Any]
    acts: list[ActFile]


@dataclass(frozen=True, slots=True)
class LawReference:
    """One place in one act; `act` and `url` are None when no law applies, and then `place` says why."""

    place: str
    act: str | None
    url: str | None


def read_laws(file: Path = DATA / "law.yaml") -> Mapping[str, ActFile]:
    """Every act by its short name. Raises DataFault."""
    return {act.short: act for act in read_yaml(file, LawsFile).acts}


def references(law: str, acts: Mapping[str, ActFile]) -> tuple[LawReference, ...]:
    """The places that a `law` value names. Raises ValueError for one that does not parse or an act that is not listed."""
    if law.startswith(_NO_LAW):
        return (LawReference(law.removeprefix(_NO_LAW).strip(), None, None),)
    return tuple(_reference(part, acts) for part in law.split("; ") if part)


def _reference(part: str, acts: Mapping[str, ActFile]) -> LawReference:
    match = _REFERENCE.fullmatch(part)
    act = acts.get(match["short"]) if match else None
    if match is None or act is None:
        raise ValueError(f"no act for the law reference {part!r}")
    return LawReference(match["place"], act.name, act.url)
