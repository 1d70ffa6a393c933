"""The organisations that decide, from the installation's own file."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.applications.domain.authority import Organisation
from services.applications.store.files import read
from services.applications.store.vocabulary import words
from shared.texts import Text


class _Organisation(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str
    orgnr: str = Field(pattern=r"^\d{9}$")
    name: Text
    kommunenummer: str | None = Field(default=None, pattern=r"^\d{4}$")
    county: str | None = Field(default=None, pattern=r"^\d{2}$")


class _File(BaseModel):
    organisations: tuple[_Organisation, ...]


def load(path: Path) -> tuple[Organisation, ...]:
    """Every organisation. Raises BadDataFile."""
    return tuple(
        Organisation(found.orgnr, found.kind, words(found.name), found.kommunenummer, found.county)
        for found in read(path, _File).organisations
    )
