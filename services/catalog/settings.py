"""The settings of the catalog service."""

from pydantic import Field

from shared.settings import ProcessSettings


class Settings(ProcessSettings):
    """What the service reads from its environment. It has no database."""

    catalog_port: int = Field(
        default=8103, ge=1, le=65535, alias="somlos_catalog_port", description="port to listen on"
    )
