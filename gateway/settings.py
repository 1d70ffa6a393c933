"""What the gateway reads from its environment."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from shared.settings import Environment, ProcessSettings

_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class Settings(ProcessSettings):
    """The gateway's settings; every field is an environment variable in upper case."""

    public_url: str = Field(
        default="http://localhost:8080",
        description="the address that clients use; also the `aud` of outside tokens unless gateway_audience is set",
    )
    gateway_audience: str | None = Field(
        default=None, description="what `aud` of an outside token must hold, where it isn't public_url"
    )
    idporten_issuer: str = Field(description="`iss` of ID-porten, to the letter")
    idporten_discovery_url: str | None = Field(
        default=None, description="where ID-porten's discovery document is, if not under the issuer"
    )
    idporten_scope: str | None = Field(default=None, description="a scope that a citizen's token must have; none: any")
    maskinporten_issuer: str = Field(description="`iss` of Maskinporten, to the letter")
    maskinporten_discovery_url: str | None = Field(
        default=None, description="where Maskinporten's metadata document is, if not under the issuer"
    )
    rights_url: str = Field(description="base address of the rights service")
    catalog_url: str = Field(description="base address of the catalog service")
    applications_url: str = Field(description="base address of the applications service")
    status_url: str = Field(description="base address of the status service")
    somlos_run: str = Field(
        default="api",
        pattern="^(all|api)$",
        description="all: the way out to partners runs in the same process, with its own settings",
    )
    cors_origins: str = Field(
        default="", description="origins of front-ends that may call from a browser, separated by commas; never *"
    )
    citizen_rate: float = Field(default=20, gt=0, description="requests a second for one citizen, on average")
    citizen_burst: int = Field(default=60, ge=1, description="requests at once for one citizen")
    machine_rate: float = Field(default=100, gt=0, description="requests a second for one organisation, on average")
    machine_burst: int = Field(default=200, ge=1, description="requests at once for one organisation")
    public_rate: float = Field(
        default=50, gt=0, description="requests a second for one address without a login, on average"
    )
    public_burst: int = Field(default=200, ge=1, description="requests at once for one address without a login")

    header_seconds: float = Field(default=10, gt=0, description="seconds in which a request's headers must have come")
    request_seconds: float = Field(
        default=10, gt=0, description="seconds for a request's body to come, and again for its answer to begin"
    )
    upload_seconds: float = Field(default=60, gt=0, description="seconds for a file to come and be answered")

    @property
    def accepted_audience(self) -> str:
        """What `aud` of an outside token must hold."""
        return self.gateway_audience or self.public_url

    @property
    def idporten_discovery(self) -> str:
        """Where ID-porten's discovery document is."""
        return self.idporten_discovery_url or self.idporten_issuer.rstrip("/") + "/.well-known/openid-configuration"

    @property
    def maskinporten_discovery(self) -> str:
        """Where Maskinporten's metadata document is."""
        return (
            self.maskinporten_discovery_url
            or self.maskinporten_issuer.rstrip("/") + "/.well-known/oauth-authorization-server"
        )

    @property
    def origins(self) -> frozenset[bytes]:
        """The front-ends' origins, as browsers send them."""
        return frozenset(origin.strip().encode("ascii") for origin in self.cors_origins.split(",") if origin.strip())

    @property
    def addresses(self) -> dict[str, str]:
        """Where each service is."""
        names = ("mapping", "rights", "catalog", "applications", "status")
        return {name: getattr(self, f"{name}_url") for name in names}

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if b"*" in self.origins:
            raise ValueError("CORS_ORIGINS is a list of origins, never *")
        if self.idporten_issuer == self.maskinporten_issuer:
            raise ValueError("the two issuers must differ: the caller's kind comes from the issuer")
        if self.environment is Environment.PROD:
            for address in (self.idporten_issuer, self.maskinporten_issuer, self.public_url):
                _refuse_local(address)
        return self


def _refuse_local(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname in _LOCAL_HOSTS:
        raise ValueError(f"{address} is for one machine only: prod needs https and the real issuers")
