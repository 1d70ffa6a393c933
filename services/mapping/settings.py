"""The settings of the mapping service."""

from pathlib import Path

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """What the service reads from its environment."""

    mapping_port: int = Field(
        default=8101, ge=1, le=65535, alias="somlos_mapping_port", description="port to listen on"
    )
    register_url: str = Field(description="base address of the population register")
    lookup_key_file: Path = Field(description="32 bytes in hex: the key of the digests that persons are found by")
    erasures_file: Path | None = Field(
        default=None,
        description="for the command that erases: the list of everyone erased, kept apart from the database and its backups",
    )
    organisations_file: Path = Field(description="the organisations that can be granted something, with their names")
