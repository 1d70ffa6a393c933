"""Where the story takes place: three addresses, the synthetic persons and organisations in it, and how they log in."""

from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

from deploy.local import login
from deploy.local.demo.client import Caller
from deploy.local.demo.narrator import Narrator
from deploy.local.kafka import Credentials
from deploy.local.register.people import read_people
from deploy.local.topics import ORGANISATIONS

_TIMEOUT_SECONDS = 30.0
FAMILY = "solstraale"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The gateway, the issuer, the partners' Kafka listener, and the folders where the local cluster keeps the organisations' own keys and its traces."""

    gateway: str
    issuer: str
    clients: Path
    traces: Path
    kafka_passwords: Path
    bootstrap: str
    narrator: Narrator

    async def citizen(self, person: str, family: str = FAMILY) -> Caller:
        """A person of the register's synthetic families, logged in with ID-porten's steps."""
        async with httpx.AsyncClient(timeout=_TIMEOUT_SECONDS) as http:
            found = read_people().person(family, person)
            token = await login.log_in_citizen(http, f"{self.issuer}/idporten", found.national_id, self.gateway)
        return self._caller(found.name, token)

    def anyone(self) -> Caller:
        """Somebody who has not logged in."""
        return self._caller("somebody", "")

    async def organisation(self, key: str, *scopes: str) -> Caller:
        """An organisation's system, logged in with Maskinporten's grant."""
        async with httpx.AsyncClient(timeout=_TIMEOUT_SECONDS) as http:
            file = self.clients / f"{key}.jwk.json"
            token = await login.log_in_machine(http, f"{self.issuer}/maskinporten", file, scopes, self.gateway)
        return self._caller(key, token)

    def kafka(self, organisation: str) -> dict[str, str]:
        """How that organisation's own Kafka user reaches the partners' listener."""
        password = (self.kafka_passwords / organisation).read_text(encoding="utf-8").strip()
        return Credentials(self.bootstrap, organisation, password).librdkafka()

    def organisation_number(self, key: str) -> str:
        """The synthetic number of an organisation of the local cluster."""
        listed = yaml.safe_load(ORGANISATIONS.read_text(encoding="utf-8"))["organisations"]
        return str(next(each["orgnr"] for each in listed if each["key"] == key))

    def _caller(self, name: str, token: str) -> Caller:
        http = httpx.AsyncClient(base_url=self.gateway, timeout=_TIMEOUT_SECONDS)
        return Caller(name, token, http, self.narrator)
