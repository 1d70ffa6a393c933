"""The settings of the applications service."""

from pathlib import Path

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """What the service reads from its environment."""

    organisations_file: Path = Field(
        description="YAML file of the organisations that decide, with the places they decide for"
    )
    attachments_dir: Path = Field(description="folder of the sealed files of attachments, outside the database")
    applications_port: int = Field(
        default=8104, ge=1, le=65535, alias="somlos_applications_port", description="port to listen on"
    )
