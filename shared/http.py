"""The client for other systems: stated timeouts, trace headers, and a clear sign when the other end is away."""

import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from opentelemetry.trace import SpanKind

from shared import telemetry
from shared.domain import NotFound, Refused, Unavailable

_AWAY = frozenset({401, 403, 429})
_SERVER_ERROR = 500


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that every client of the process trusts, read once."""
    return httpx.create_ssl_context()


class Client:
    """One outside HTTP system. Keeps its connections; every call has the one timeout (seconds) that was stated."""

    def __init__(
        self, system: str, base_url: str, *, timeout: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.system = system
        self._http = httpx.AsyncClient(
            base_url=base_url,
            timeout=timeout,
            transport=transport,
            headers={"Accept": "application/json"},
            verify=_trusted(),
        )

    async def call(
        self,
        method: str,
        path: str,
        *,
        name: str,
        token: str | None = None,
        json: Any = None,
        params: Mapping[str, str] | None = None,
    ) -> Any:
        """The JSON of the answer. `name` is the path's template, for the trace. Raises NotFound (404, 410), Refused (a redirect or another 4xx: our fault) and Unavailable (timeout, 5xx, 401, 403, 429)."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with telemetry.span(f"{method} {name}", SpanKind.CLIENT, peer=self.system) as current:
            try:
                answer = await self._http.request(
                    method, path, json=json, params=params, headers={**headers, **telemetry.headers()}
                )
            except httpx.TransportError as fault:
                raise Unavailable(self.system) from fault
            current.set_attribute("http.response.status_code", answer.status_code)
        if answer.status_code in (404, 410):
            raise NotFound
        if answer.status_code >= _SERVER_ERROR or answer.status_code in _AWAY:
            raise Unavailable(self.system)
        if not answer.is_success:
            raise Refused(self.system, answer.status_code)
        try:
            return answer.json() if answer.content else None
        except ValueError as fault:
            raise Unavailable(self.system) from fault

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.aclose()
