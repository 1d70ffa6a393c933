"""The organisations that a family can grant something, from ORGANISATIONS_FILE."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.mapping.store.data_files import read
from shared.texts import Lang, Text


class Organisation(BaseModel):
    """One organisation as the file names it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    orgnr: str = Field(pattern=r"^\d{9}$")
    name: Text


class OrganisationFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    organisations: list[Organisation]


def read_organisations(path: Path) -> Mapping[str, Text]:
    """Names by organisation number. Raises BadDataFile."""
    return {o.orgnr: o.name for o in read(path, OrganisationFile).organisations}


def name_of(organisations: Mapping[str, Text], number: str, lang: Lang) -> str:
    """The name, or the number where the file has none."""
    name = organisations.get(number)
    return name.in_(lang) if name else number
