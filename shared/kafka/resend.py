"""Asking a producer to send an aggregate's events again."""

from collections.abc import Callable
from uuid import UUID

from shared.auth.worker_tokens import Tokens
from shared.http import Client

ACTION = "outbox.resend"
PURPOSE = "fill-gap"
_TIMEOUT_SECONDS = 5.0


class Resend:
    """Finds the producer by the topic's name (`somlos.<service>.…`) and asks it over HTTP."""

    def __init__(self, tokens: Tokens, url_of: Callable[[str], str]) -> None:
        self._tokens, self._url_of = tokens, url_of
        self._clients: dict[str, Client] = {}

    async def ask(self, topic: str, aggregate: UUID, version: int) -> None:
        """Everything of the aggregate from that version on. Raises Unavailable or NotFound."""
        producer = topic.split(".")[1]
        client = self._clients.setdefault(producer, Client(producer, self._url_of(producer), timeout=_TIMEOUT_SECONDS))
        token = await self._tokens.token(audience=producer, purpose=PURPOSE, action=ACTION)
        body = {"aggregate": str(aggregate), "from": version}
        await client.call("POST", "/internal/outbox/resend", name="/internal/outbox/resend", token=token, json=body)

    async def close(self) -> None:
        """Closes its connections."""
        for client in self._clients.values():
            await client.close()
