"""Which authorities there are, what they decide, and where complaints about them go."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ConfigDict

from services.catalog.store.files import DATA, Data, read_yaml
from services.catalog.store.sources import SourceFile, Sureness
from shared.texts import Text


class OrganisationFile(Data):
    """One kind of authority."""

    id: str
    name: Text
    level: str
    decides: str
    complaint_goes_to: list[str]
    orgnr: str | None
    web: str | None
    confidence: Sureness
    sources: list[SourceFile]
    note: str | None = None


class OrganisationsFile(Data):
    """organisations.yaml; the offices of single authorities that it also lists are not shown yet."""

    model_config = ConfigDict(extra="ignore")

    organisations: list[OrganisationFile]


def read_organisations(file: Path = DATA / "organisations.yaml") -> Mapping[str, OrganisationFile]:
    """Every kind of authority by its id. Raises DataFault."""
    return {each.id: each for each in read_yaml(file, OrganisationsFile).organisations}
