"""The acts and regulations, with what was read of each, when, and which changes are known to come."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from services.catalog.store.files import DATA, Data, read_yaml


class CopyFile(Data):
    """A stored copy that was read."""

    path: str
    commit: str
    as_of: date | str


class ChangeFile(Data):
    """A change that is known; `read`: whether the new wording was read."""

    start: date | str | None = Field(alias="from")
    until: date | None = None
    by: str
    what: str
    read: bool


class ActFile(Data):
    """One act."""

    short: str
    name: str
    ref: str
    url: str
    also_written: list[str] = Field(default=[])
    sections: dict[str, list[str]]
    copies: list[CopyFile]
    read_elsewhere: list[dict[str, Any]] = Field(default=[])
    changes: list[ChangeFile]
    used_by: int


class LawsFile(Data):
    """law.yaml."""

    meta: dict[str, Any]
    acts: list[ActFile]


def read_laws(file: Path = DATA / "law.yaml") -> Mapping[str, ActFile]:
    """Every act by its reference (`lov/1997-02-28-19`). Raises DataFault."""
    return {act.ref: act for act in read_yaml(file, LawsFile).acts}
