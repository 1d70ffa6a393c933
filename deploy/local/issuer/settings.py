"""What the issuer reads from its environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.local.layout import ROOT
from deploy.local.register.people import PEOPLE_FILE
from shared.settings import Environment


class IssuerSettings(BaseSettings):
    """Each variable carries the prefix SOMLOS_, but ENVIRONMENT."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="SOMLOS_", populate_by_name=True)

    environment: Environment = Field(
        default=Environment.LOCAL, validation_alias="ENVIRONMENT", description="prod is refused"
    )
    issuer_port: int = Field(default=8081, ge=1, le=65535, description="port on 127.0.0.1")
    issuer_url: str = Field(default="", description="address the issuers are known by; empty: http://localhost:<port>")
    issuer_test: bool = Field(default=False, description="whether the routes under /test are there")
    issuer_redirect_uris: str = Field(
        default="", description="further redirect addresses of the public client, separated by commas"
    )
    gateway_port: int = Field(default=8080, ge=1, le=65535, description="where a page of ours is served from")
    state_dir: Path = Field(
        default=ROOT / ".local", description="signing keys are kept in issuer/, clients' keys in clients/"
    )
    organisations_file: Path = Field(
        default=ROOT / "deploy/local/organisations.yaml", description="the organisations, a machine client each"
    )
    clients_file: Path = Field(
        default=Path(__file__).with_name("clients.yaml"), description="the clients of people's logins, and suppliers"
    )
    people_file: Path = Field(default=PEOPLE_FILE, description="the synthetic families")

    @property
    def base_url(self) -> str:
        """The address in front of `/idporten` and `/maskinporten`, without a slash at its end."""
        return self.issuer_url.rstrip("/") or f"http://localhost:{self.issuer_port}"
