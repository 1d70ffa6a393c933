"""Where an application goes: the right's kind of authority and the child's municipality give one organisation."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.applications.domain.errors import AuthorityUnknown
from services.applications.domain.vocabulary import Words


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that decides; one without municipality and county decides for the whole country."""

    orgnr: str
    kind: str
    name: Words
    kommunenummer: str | None = None
    county: str | None = None

    def decides_for(self, kommunenummer: str | None) -> bool:
        """Whether it decides where the child lives. The county is the first two digits of the municipality's number."""
        if self.kommunenummer:
            return self.kommunenummer == kommunenummer
        if self.county:
            return kommunenummer is not None and kommunenummer.startswith(self.county)
        return True


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who decides, what that organisation knows the child by, and whether the child's address is protected."""

    organisation: Organisation
    child_alias: str
    protected: bool


def route(authority: str, kommunenummer: str | None, organisations: Iterable[Organisation]) -> Organisation:
    """The one organisation of that kind that decides for the municipality. Raises AuthorityUnknown: there is no default."""
    found = [each for each in organisations if each.kind == authority and each.decides_for(kommunenummer)]
    if len(found) != 1:
        raise AuthorityUnknown(authority)
    return found[0]
