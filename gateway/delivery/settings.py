"""The settings of the way out to partners."""

from pathlib import Path

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """What the worker reads from its environment."""

    organisations_file: Path = Field(description="the organisations (YAML); those with `kafka: true` are partners")
