"""The town behind the real door: who asks comes with an issuer's token, and each answer with the work it cost inside."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import event

from deploy.local.layout import WITH_DATABASE
from deploy.local.register.people import SyntheticPerson
from gateway.edge.routes import PURPOSES
from gateway.main import create
from gateway.settings import Settings
from shared.settings import Environment
from tests.gateway.issuer import AUDIENCE, IDPORTEN, MASKINPORTEN, Issuers
from tests.support.asking.table import Asked
from tests.support.servers import served
from tests.support.town import Town

GENEROUS = {f"{kind}_{what}": 100_000 for kind in ("citizen", "machine", "public") for what in ("rate", "burst")}
KNOWN_TO_EVERYONE = frozenset({"date", "x-request-id"})


@dataclass(frozen=True)
class Answer:
    """What came out of the door, and the statements that each database ran for it."""

    http: httpx.Response
    work: tuple[tuple[str, str], ...]

    @property
    def status(self) -> int:
        """The status."""
        return self.http.status_code

    @property
    def json(self) -> Any:
        """The body."""
        return self.http.json()

    def seen(self, *ids: str) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and body, without the ids that the asker itself said and the number of the request."""
        text = self.http.text.replace(self.http.headers["x-request-id"], "…")
        for each in ids:
            text = text.replace(each, "…")
        return self.status, {k: v for k, v in self.http.headers.items() if k not in KNOWN_TO_EVERYONE}, text


@dataclass
class Outside:
    """The town, its gateway, and the issuers that the gateway trusts."""

    town: Town
    http: httpx.AsyncClient
    issuers: Issuers
    _work: list[tuple[str, str]] = field(default_factory=list)
    _logins: dict[object, str] = field(default_factory=dict)

    def person(self, who: SyntheticPerson) -> str:
        """Her login."""
        return self._login(lambda: self.issuers.citizen(who.national_id), who.national_id)

    def organisation(self, org: str, **bent: Any) -> str:
        """The login of an organisation's system, with every scope there is."""
        return self._login(lambda: self.issuers.machine(org, " ".join(PURPOSES), **bent), (org, *bent))

    def _login(self, make: Callable[[], str], whose: object) -> str:
        """A new one when the clock was moved."""
        key = (whose, self.town.clock.now())
        if key not in self._logins:
            self._logins[key] = make()
        return self._logins[key]

    async def ask(self, asked: Asked, token: str | None, path: str | None = None) -> Answer:
        """One request through the door."""
        login = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"json": asked.json} if asked.json is not None else {"content": asked.content or b""}
        self._work.clear()
        answer = await self.http.request(
            asked.method,
            path or asked.path,
            headers={**asked.headers, **login},
            params=dict(asked.params),
            **body,
        )
        return Answer(answer, tuple(self._work))

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Every statement of every service is noted."""
        engines = [
            (name, self.town[name].app.state.database.engine.sync_engine)
            for name in WITH_DATABASE
            if name in self.town.services
        ]

        def noted(name: str) -> Any:
            def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
                self._work.append((name, statement))

            return note

        listeners = [(engine, noted(name)) for name, engine in engines]
        for engine, listener in listeners:
            event.listen(engine, "before_cursor_execute", listener)
        try:
            yield
        finally:
            for engine, listener in listeners:
                event.remove(engine, "before_cursor_execute", listener)


@asynccontextmanager
async def open_outside(town: Town, **settings: Any) -> AsyncIterator[Outside]:
    """The door in front of the town, until the block ends."""
    issuers = Issuers(town.clock)
    usual = {
        "environment": Environment.TEST,
        "log_level": "CRITICAL",
        "keys_dir": town.keys.public,
        "signing_key_file": town.keys.private("gateway"),
        "public_url": AUDIENCE,
        "idporten_issuer": IDPORTEN,
        "maskinporten_issuer": MASKINPORTEN,
        **{name.lower(): url for name, url in town.urls.items() if name != "REGISTER_URL"},
        **GENEROUS,
    }
    chosen = Settings(**{**usual, **settings})
    async with (
        served(create(chosen, town.clock, fetch=issuers.fetch), header_seconds=chosen.header_seconds) as url,
        httpx.AsyncClient(base_url=url, timeout=30) as http,
    ):
        outside = Outside(town, http, issuers)
        with outside.counting():
            yield outside


def by_outside_name(asked: Asked) -> Asked:
    """An organisation's request as it asks from outside: with its own pseudonym of the child."""
    caller = asked.caller
    if caller is None or "child_id" not in asked.values:
        return asked
    return replace(asked, values={**asked.values, "child_id": caller.shown(UUID(asked.values["child_id"]))})


def of_nobody(asked: Asked) -> Asked:
    """The same request about ids that nobody has."""
    return replace(
        asked,
        values={name: str(uuid4()) if is_id(value) else value for name, value in asked.values.items()},
        json=_with_other_ids(asked.json),
        headers=fresh(asked.headers),
    )


def fresh(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers, as a request of its own."""
    return {name: uuid4().hex if name == "Idempotency-Key" else value for name, value in headers.items()}


def is_id(value: object) -> bool:
    """Whether it is a UUID in text."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _with_other_ids(body: Any) -> Any:
    match body:
        case dict():
            return {name: _with_other_ids(value) for name, value in body.items()}
        case list():
            return [_with_other_ids(value) for value in body]
        case str() if is_id(body):
            return str(uuid4())
        case _:
            return body
