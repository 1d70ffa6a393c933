"""The settings of the status service."""

from pathlib import Path

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """What the service reads from its environment."""

    organisations_file: Path = Field(description="YAML file of the organisations that decide: their names")
    status_port: int = Field(default=8105, ge=1, le=65535, alias="somlos_status_port", description="port to listen on")
