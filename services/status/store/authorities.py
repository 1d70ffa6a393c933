"""Authorities: what each kind is called, from the carried-over copy; every organisation, from the installation's own file."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.status.domain.appeal_body import Organisation
from services.status.store.files import DATA, read
from shared.texts import Text

_COUNTY_DIGITS = 2


class _Kind(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    name: Text


class _Kinds(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    organisations: tuple[_Kind, ...]


class _Organisation(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    orgnr: str = Field(pattern=r"^\d{9}$")
    kind: str
    name: Text
    kommunenummer: str | None = Field(default=None, pattern=r"^\d{4}$")
    county: str | None = Field(default=None, pattern=r"^\d{2}$")


class _Organisations(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    organisations: tuple[_Organisation, ...]


class Authorities:
    """What an authority is called: the office where it may be named, else its kind. `organisations`: every one, by its number."""

    def __init__(
        self, kinds: dict[str, Text], offices: dict[str, Text], organisations: Mapping[str, Organisation]
    ) -> None:
        self._kinds, self._offices, self.organisations = kinds, offices, organisations

    def name(self, kind: str, orgnr: str | None) -> Text:
        """The name to show. `orgnr` None: only the kind may be named."""
        return (self._offices.get(orgnr) if orgnr else None) or self._kinds.get(kind) or Text(nb=kind)


def load(organisations_file: Path) -> Authorities:
    """Every name. Raises BadDataFile."""
    kinds = read(DATA / "organisations.yaml", _Kinds).organisations
    offices = read(organisations_file, _Organisations).organisations
    organisations = {each.orgnr: Organisation(each.orgnr, each.kind, _county(each)) for each in offices}
    names = {each.orgnr: each.name for each in offices}
    return Authorities({each.id: each.name for each in kinds}, names, organisations)


def _county(found: _Organisation) -> str | None:
    """Its own, or its municipality's: the first two digits of that number."""
    return found.county or (found.kommunenummer[:_COUNTY_DIGITS] if found.kommunenummer else None)
