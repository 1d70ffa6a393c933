"""Names of authorities: of each kind from the carried-over copy, of each organisation from the installation's own file."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.status.store.files import DATA, read
from shared.texts import Text


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
    name: Text


class _Organisations(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    organisations: tuple[_Organisation, ...]


class Authorities:
    """What an authority is called: the office where it may be named, else its kind."""

    def __init__(self, kinds: dict[str, Text], offices: dict[str, Text]) -> None:
        self._kinds, self._offices = kinds, offices

    def name(self, kind: str, orgnr: str | None) -> Text:
        """The name to show. `orgnr` None: only the kind may be named."""
        return (self._offices.get(orgnr) if orgnr else None) or self._kinds.get(kind) or Text(nb=kind)


def load(organisations_file: Path) -> Authorities:
    """Every name. Raises BadDataFile."""
    kinds = read(DATA / "organisations.yaml", _Kinds).organisations
    offices = read(organisations_file, _Organisations).organisations
    return Authorities({each.id: each.name for each in kinds}, {each.orgnr: each.name for each in offices})
