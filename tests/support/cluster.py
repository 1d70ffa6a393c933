"""The whole cluster for journeys: reached as an outside client reaches it, through the gateway and the issuers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from deploy.local import login
from deploy.local.register.people import SyntheticPerson, read_people
from tests.support.run import once

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class Cluster:
    """Its addresses, its state folder, and how one logs in."""

    gateway: str
    issuer: str
    kafka: str
    state: Path

    def someone(self, family: str, name: str) -> SyntheticPerson:
        """`someone("solstraale", "lun")`: a person of deploy/local/people.yaml."""
        return read_people().person(family, name)

    @asynccontextmanager
    async def person(self, family: str, name: str) -> AsyncIterator[httpx.AsyncClient]:
        """A client of the gateway that is logged in as this person."""
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as http:
            token = await login.log_in_citizen(
                http, f"{self.issuer}/idporten", self.someone(family, name).national_id, self.gateway
            )
        async with self._client(token) as client:
            yield client

    @asynccontextmanager
    async def organisation(self, key: str, *scopes: str) -> AsyncIterator[httpx.AsyncClient]:
        """A client that is logged in as this organisation of deploy/local/organisations.yaml."""
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as http:
            key_file = self.state / "clients" / f"{key}.jwk.json"
            token = await login.log_in_machine(http, f"{self.issuer}/maskinporten", key_file, scopes, self.gateway)
        async with self._client(token) as client:
            yield client

    def anyone(self) -> httpx.AsyncClient:
        """A client without a login."""
        return httpx.AsyncClient(base_url=self.gateway, timeout=TIMEOUT_SECONDS)

    def _client(self, token: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=self.gateway, timeout=TIMEOUT_SECONDS, headers={"Authorization": f"Bearer {token}"}
        )


def cluster() -> Cluster:
    """The run's cluster, started by the first who asks."""
    details = once("cluster")
    return Cluster(details["gateway"], details["issuer"], details["kafka"], Path(details["state"]))
