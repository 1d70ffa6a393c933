"""Which organisations are municipalities, from the installation's own file."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.rights.store.files import read_yaml

_KIND = "municipality"


class _Organisation(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str
    orgnr: str = Field(pattern=r"^\d{9}$")
    kommunenummer: str | None = Field(default=None, pattern=r"^\d{4}$")


class _File(BaseModel):
    organisations: tuple[_Organisation, ...]


def read_municipalities(file: Path) -> Mapping[str, str]:
    """The municipality number (kommunenummer) of each municipality, by its organisation number. Raises DataFault."""
    return {
        found.orgnr: found.kommunenummer
        for found in read_yaml(file, _File).organisations
        if found.kind == _KIND and found.kommunenummer is not None
    }
