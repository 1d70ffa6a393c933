"""Everything the catalog ships, read and checked as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.catalog.domain.condition import Condition
from services.catalog.store.conditions import to_condition
from services.catalog.store.files import DATA, DataFault
from services.catalog.store.laws import ActFile, read_laws
from services.catalog.store.organisations import OrganisationFile, read_organisations
from services.catalog.store.rates import RateFile, RatesMeta, read_rates
from services.catalog.store.services import ServiceFile, read_services
from services.catalog.store.texts import Texts, read_texts


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The services by id, in order of their ids, with all that they refer to."""

    services: Mapping[str, ServiceFile]
    conditions: Mapping[str, Condition]
    rates: Mapping[str, RateFile]
    meta: RatesMeta
    organisations: Mapping[str, OrganisationFile]
    acts: Mapping[str, ActFile]
    texts: Texts


@cache
def catalogue() -> Catalogue:
    """The catalogue that the service ships, read once. Raises DataFault."""
    return read_catalogue(DATA)


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a folder. Raises DataFault, which stops the start."""
    meta, rates = read_rates(folder / "rates.yaml")
    organisations, acts = read_organisations(folder / "organisations.yaml"), read_laws(folder / "law.yaml")
    services = read_services(folder / "rules", rates=rates.keys(), organisations=organisations.keys(), acts=acts.keys())
    conditions = {name: _condition(folder / "rules" / f"{name}.yaml", service) for name, service in services.items()}
    texts = read_texts(folder / "texts.yaml", used=_used(services, rates))
    return Catalogue(services, conditions, rates, meta, organisations, acts, texts)


def _condition(file: Path, service: ServiceFile) -> Condition:
    try:
        return to_condition(service.when)
    except (KeyError, TypeError, AttributeError) as fault:
        raise DataFault(file, "when", f"not a condition tree: {fault}") from fault


def _used(services: Mapping[str, ServiceFile], rates: Mapping[str, RateFile]) -> dict[str, set[str]]:
    found = services.values()
    return {
        "units": {rate.unit for rate in rates.values()},
        "kinds": {each.kind for each in found},
        "levels": {each.level for each in found},
        "areas": {each.area for each in found},
        "who_may": {who for each in found for who in each.application.who_may},
    }
