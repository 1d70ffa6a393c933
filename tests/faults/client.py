"""A client that never gives up: it asks again, with the same Idempotency-Key, until somebody answers, and writes everything down."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.faults.history import SERVER_FAULT, Deed, History
from tests.faults.pace import pause

PATIENCE_S, PAUSE_S, ONE_TRY_S = 60.0, 0.1, 20.0
UNAUTHORISED, BUSY_SLUG = 401, "urn:somlos:problem:idempotency-key-busy"
Login = Callable[[], Awaitable[str]]


@dataclass(slots=True)
class Client:
    """Someone who has logged in, as `who`; logs in again when told to."""

    who: str
    login: Login
    http: httpx.AsyncClient
    history: History
    token: str = ""

    async def do(self, deed: Deed, *, body: Any = None, etag: str | None = None) -> httpx.Response | None:
        """Asks until there is an answer. None: there was none within a minute."""
        self.history.begin(deed)
        headers = {"Idempotency-Key": deed.key} if deed.key else {}
        if etag:
            headers["If-Match"] = etag
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            answer = await self.ask(deed.method, deed.path, json=body, headers=headers)
            deed.statuses.append(answer.status_code if answer is not None else None)
            if answer is not None and not _again(answer):
                deed.version = _number(answer.headers.get("etag"))
                return answer
            await pause(PAUSE_S)
        return None

    async def ask(self, method: str, path: str, **request: Any) -> httpx.Response | None:
        """One attempt. None: the connection ended without an answer. A login that has run out is made again first."""
        for first in (True, False):
            try:
                if not self.token:
                    self.token = await self.login()
                headers = {**request.pop("headers", {}), "Authorization": f"Bearer {self.token}"}
                answer = await self.http.request(method, path, headers=headers, timeout=ONE_TRY_S, **request)
            except httpx.HTTPError:
                return None
            if answer.status_code != UNAUTHORISED or not first:
                return answer
            self.token, request["headers"] = "", {k: v for k, v in headers.items() if k != "Authorization"}
        raise AssertionError("unreachable")

    async def read(self, path: str) -> httpx.Response:
        """A read that is not part of the history: asked until it is answered."""
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            answer = await self.ask("GET", path)
            if answer is not None and answer.status_code < SERVER_FAULT:
                return answer
            await pause(PAUSE_S)
        raise AssertionError(f"{path} was not answered within {PATIENCE_S:.0f} s")


def fresh_key() -> str:
    """An Idempotency-Key."""
    return str(uuid4())


def _again(answer: httpx.Response) -> bool:
    """Whether the answer only says to ask again."""
    return answer.status_code >= SERVER_FAULT or (
        answer.status_code == httpx.codes.CONFLICT and answer.json().get("type") == BUSY_SLUG
    )


def _number(etag: str | None) -> int | None:
    text = (etag or "").strip('"')
    return int(text) if text.isdigit() else None
