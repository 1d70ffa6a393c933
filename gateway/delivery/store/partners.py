"""Which organisations are partners on Kafka, from the installation's own file."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.delivery.domain.errors import BadOrganisationsFile


class _Organisation(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    orgnr: str = Field(pattern=r"^\d{9}$")
    kafka: bool = False


class _File(BaseModel):
    organisations: tuple[_Organisation, ...]


def read_partners(path: Path) -> frozenset[str]:
    """The organisation numbers of all partners. Raises BadOrganisationsFile."""
    try:
        found = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as fault:
        first = fault.errors()[0]
        raise BadOrganisationsFile(str(path), ".".join(map(str, first["loc"])), first["msg"]) from fault
    except (OSError, yaml.YAMLError) as fault:
        raise BadOrganisationsFile(str(path), "", str(fault)) from fault
    return frozenset(each.orgnr for each in found.organisations if each.kafka)
