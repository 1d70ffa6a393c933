"""A client of the gateway as the demo's persons and organisations use it: it knows the gateway and the issuers, and no database."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from deploy.local.demo.narrator import Narrator, StoryBroken

_POLL_SECONDS = 0.2
_PATIENCE_SECONDS = 30.0


@dataclass(slots=True)
class Caller:
    """Someone who has logged in, or has not (no token), and the requests they make. Every request is told by the narrator, unless it only waits."""

    name: str
    token: str
    http: httpx.AsyncClient
    narrator: Narrator
    last_trace: str = field(default="")

    async def get(self, path: str, *, expect: int = 200) -> httpx.Response:
        """Reads."""
        return self._told(await self.ask("GET", path), expect)

    async def look(self, path: str) -> httpx.Response:
        """Reads without a word: for looking until something has come about."""
        return await self.ask("GET", path)

    async def post(self, path: str, body: Any = None, *, expect: int = 201, etag: str | None = None) -> httpx.Response:
        """Creates, or takes a step. It carries a key of its own, so that a repeated request has no second effect."""
        match = {"If-Match": etag} if etag else {}
        answer = await self.ask("POST", path, json=body, headers={"Idempotency-Key": str(uuid4()), **match})
        return self._told(answer, expect, sent=body)

    async def ask_once(self, path: str, body: Any) -> httpx.Response:
        """Asks with a body; nothing is made."""
        return self._told(await self.ask("POST", path, json=body), 200, sent=body)

    async def patch(self, path: str, body: Any, *, etag: str) -> httpx.Response:
        """Changes what was read, if nobody else has changed it since."""
        return self._told(await self.ask("PATCH", path, json=body, headers={"If-Match": etag}), 200, sent=body)

    async def upload(self, path: str, content: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Sends a file."""
        answer = await self.ask("POST", path, content=content, headers={"Idempotency-Key": str(uuid4()), **headers})
        return self._told(answer, 201)

    async def ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **request: Any
    ) -> httpx.Response:
        """One request, with a trace of its own."""
        self.last_trace = uuid4().hex
        own = {
            **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            "Accept-Language": "nb",
            "traceparent": f"00-{self.last_trace}-{uuid4().hex[:16]}-01",
        }
        return await self.http.request(method, path, headers={**own, **(headers or {})}, **request)

    def _told(self, answer: httpx.Response, expect: int | None, *, sent: Any = None) -> httpx.Response:
        method, path = answer.request.method, answer.request.url.raw_path.decode()
        self.narrator.request(method, path, answer.status_code, sent=sent)
        if answer.status_code != expect and not (expect is None and answer.is_success):
            wanted = expect or "a success"
            raise StoryBroken(f"{method} {path} answered {answer.status_code}, not {wanted}: {answer.text[:1500]}")
        return answer


async def until(what: str, look: Callable[[], Awaitable[Any]]) -> Any:
    """What `look` returns, as soon as it returns something; for what comes about over Kafka. Raises StoryBroken after 30 s."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := await look():
            return found
        await asyncio.sleep(_POLL_SECONDS)
    raise StoryBroken(f"waited {_PATIENCE_SECONDS:.0f} s for {what}")
