"""Which organisations decide complaints (klageinstans) on the decisions of an authority."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that the installation knows. `county` None: the whole country."""

    orgnr: str
    kind: str
    county: str | None


def appeal_bodies(
    kind: str, authority: str, organisations: Mapping[str, Organisation], within: Mapping[str, str]
) -> tuple[str, ...]:
    """The numbers of those of that kind that decide where the authority is. `within`: a board that is a part of the authority itself
    goes by the authority's number where no organisation is configured for it."""
    own = organisations.get(authority)
    county = own.county if own else None
    found = tuple(each.orgnr for each in organisations.values() if each.kind == kind and each.county in (None, county))
    return found or ((authority,) if own and within.get(kind) == own.kind else ())
