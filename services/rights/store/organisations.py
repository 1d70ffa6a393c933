"""Which authorities there are: names for answers. A generated copy of the catalog's file."""

from collections.abc import Mapping

from pydantic import ConfigDict

from services.rights.store.files import DATA, Data, Place, read_yaml
from services.rights.store.rates import SourceFile
from services.rights.store.trees import ConfidenceName
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
    confidence: ConfidenceName
    sources: list[SourceFile]
    note: str | None = None


class OrganisationsFile(Data):
    """organisations.yaml; the offices of single authorities that it also lists are not needed here."""

    model_config = ConfigDict(extra="ignore")

    organisations: list[OrganisationFile]


def read_organisations(file: Place = DATA / "organisations.yaml") -> Mapping[str, OrganisationFile]:
    """Every kind of authority by its id. Raises DataFault."""
    return {organisation.id: organisation for organisation in read_yaml(file, OrganisationsFile).organisations}
