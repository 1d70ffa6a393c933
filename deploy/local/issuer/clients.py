"""The register of clients: who may ask for which tokens, and how they prove who they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deploy.local.issuer.keys import kept_public_key, kept_secret
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.register.people import safe_yaml
from shared.texts import Text

ORGANISATION_NUMBER = r"^3\d{8}$"
File = TypeVar("File", bound=BaseModel)


class Authentication(StrEnum):
    """How a client shows that it is itself."""

    PRIVATE_KEY_JWT = "private_key_jwt"
    CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105 - the name of a method, no secret
    NONE = "none"


class Entry(BaseModel):
    """A part of a file: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Organisation(Entry):
    """One organisation of `organisations.yaml`."""

    key: str
    kind: str
    kommunenummer: str | None = Field(default=None, pattern=r"^\d{4}$")
    county: str | None = Field(default=None, pattern=r"^\d{2}$")
    orgnr: str = Field(pattern=ORGANISATION_NUMBER)
    name: Text
    kafka: bool
    scopes: list[str]


class OrganisationsFile(Entry):
    """`organisations.yaml`."""

    organisations: list[Organisation]


class CitizenEntry(Entry):
    """A client that people log in to."""

    client_id: str
    name: Text
    orgnr: str = Field(pattern=ORGANISATION_NUMBER)
    authentication: frozenset[Authentication]
    scopes: frozenset[str]
    redirect_uris: list[str]
    post_logout_redirect_uris: list[str] = []
    frontchannel_logout_uri: str | None = None
    frontchannel_logout_session_required: bool = False


class Delegation(Entry):
    """What an organisation lets a supplier do in its name."""

    consumer: str = Field(pattern=ORGANISATION_NUMBER)
    scopes: frozenset[str]


class Supplier(Entry):
    """A supplier of case systems, which acts for organisations."""

    key: str
    orgnr: str = Field(pattern=ORGANISATION_NUMBER)
    scopes: list[str]
    delegations: list[Delegation]


class ClientsFile(Entry):
    """`clients.yaml`."""

    citizen: list[CitizenEntry]
    suppliers: list[Supplier]


@dataclass(frozen=True, slots=True)
class CitizenClient:
    """A client of the half that behaves as ID-porten."""

    entry: CitizenEntry
    redirect_uris: frozenset[str]
    post_logout_redirect_uris: frozenset[str]
    keys: KeySet = field(repr=False)
    secret: str | None = field(repr=False)

    @property
    def client_id(self) -> str:
        """What it is called in requests."""
        return self.entry.client_id


@dataclass(frozen=True, slots=True)
class MachineClient:
    """A client of the half that behaves as Maskinporten."""

    client_id: str
    orgnr: str
    scopes: frozenset[str]
    keys: KeySet = field(repr=False)
    delegations: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clients:
    """All that may ask for a token, by client id."""

    citizen: Mapping[str, CitizenClient]
    machine: Mapping[str, MachineClient]


def read_clients(settings: IssuerSettings) -> Clients:
    """The clients of both files, with the keys and secrets of `<state>/clients/`, which are made where they are missing."""
    file = _read(settings.clients_file, ClientsFile)
    folder = settings.state_dir / "clients"
    return Clients(
        citizen={entry.client_id: _citizen(entry, folder, settings) for entry in file.citizen},
        machine={client.client_id: client for client in _machines(settings, file.suppliers, folder)},
    )


def _citizen(entry: CitizenEntry, folder: Path, settings: IssuerSettings) -> CitizenClient:
    gateway = f"http://localhost:{settings.gateway_port}"
    redirects = [address.replace("{gateway}", gateway) for address in entry.redirect_uris]
    if Authentication.NONE in entry.authentication:
        redirects += [address.strip() for address in settings.issuer_redirect_uris.split(",") if address.strip()]
    signs = Authentication.PRIVATE_KEY_JWT in entry.authentication
    has_secret = Authentication.CLIENT_SECRET_BASIC in entry.authentication
    return CitizenClient(
        entry=entry,
        redirect_uris=frozenset(redirects),
        post_logout_redirect_uris=frozenset(
            address.replace("{gateway}", gateway) for address in entry.post_logout_redirect_uris
        ),
        keys=_published(folder, entry.client_id, entry.client_id) if signs else KeySet([]),
        secret=kept_secret(folder / f"{entry.client_id}.secret") if has_secret else None,
    )


def _machines(settings: IssuerSettings, suppliers: list[Supplier], folder: Path) -> Iterator[MachineClient]:
    organisations = _read(settings.organisations_file, OrganisationsFile).organisations
    for each in organisations:
        yield _machine(each, {}, folder)
    for supplier in suppliers:
        yield _machine(supplier, {one.consumer: one.scopes for one in supplier.delegations}, folder)


def _machine(each: Organisation | Supplier, delegations: Mapping[str, frozenset[str]], folder: Path) -> MachineClient:
    client_id = f"somlos-{each.key}"
    return MachineClient(
        client_id, each.orgnr, frozenset(each.scopes), _published(folder, each.key, client_id), delegations
    )


def _published(folder: Path, name: str, client_id: str) -> KeySet:
    return KeySet([kept_public_key(folder / f"{name}.jwk.json", client_id=client_id)])


def _read(path: Path, shape: type[File]) -> File:
    try:
        return shape.model_validate(safe_yaml(path))
    except (OSError, yaml.YAMLError, ValidationError) as fault:
        raise ValueError(f"{path}: {fault}") from fault
