"""What the simulator reads from its environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.local.register.people import PEOPLE_FILE


class RegisterSettings(BaseSettings):
    """Each variable carries the prefix SOMLOS_."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="SOMLOS_")

    register_port: int = Field(default=8082, ge=1, le=65535, description="port on 127.0.0.1")
    register_test: bool = Field(default=False, description="whether the routes under /test are there")
    people_file: Path = Field(default=PEOPLE_FILE, description="the synthetic families")
