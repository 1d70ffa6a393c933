"""The settings of the rights service."""

from pathlib import Path

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """What the service reads from its environment."""

    rights_port: int = Field(default=8102, ge=1, le=65535, alias="somlos_rights_port", description="port to listen on")
    organisations_file: Path = Field(
        description="YAML file of the organisations: which of them are municipalities and may have local rules"
    )
