"""A TCP proxy of ours before PostgreSQL: it knows where a transaction ends, and cuts, delays or holds there."""

import asyncio
import contextlib
import struct
from collections.abc import Awaitable, Callable, Coroutine
from enum import Enum, auto
from typing import Any

_COMMIT = b"COMMIT"
_SSL_REQUEST = 80877103


class Fate(Enum):
    """What becomes of a commit. PASS: nothing. BEFORE: the connection ends, the server never hears of it. AFTER: the server commits, nobody is told."""

    PASS = auto()
    BEFORE = auto()
    AFTER = auto()


Decide = Callable[[str], Awaitable[Fate]]
"""Asked at each commit, with the role that commits; may take its time (a delay), or wait for something (a hold)."""


async def passed(role: str) -> Fate:
    """Every commit goes through."""
    return Fate.PASS


class Proxy:
    """Listens on `port`. `decide` may be replaced at any time; `cuts` counts what was cut."""

    def __init__(self, target_port: int, host: str = "127.0.0.1") -> None:
        self._host, self._target = host, target_port
        self.decide: Decide = passed
        self.cuts = 0
        self._server: asyncio.Server | None = None
        self._links: set[_Link] = set()

    @property
    def port(self) -> int:
        """Where clients connect to."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self) -> None:
        """Listens on a free port."""
        self._server = await asyncio.start_server(self._accept, self._host, 0)

    async def stop(self) -> None:
        """Ends every connection."""
        if self._server is not None:
            self._server.close()
        self.cut_all()

    def cut_all(self) -> int:
        """Every open connection breaks off now; returns how many."""
        links = list(self._links)
        for link in links:
            link.close()
        return len(links)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server_reader, server_writer = await asyncio.open_connection(self._host, self._target)
        except OSError:
            writer.close()
            return
        link = _Link(self, writer, server_writer)
        self._links.add(link)
        try:
            await link.carry(reader, server_reader)
        finally:
            link.close()
            self._links.discard(link)


class _Link:
    """One connection through the proxy."""

    def __init__(self, proxy: Proxy, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self._proxy, self._client, self._server = proxy, client, server
        self._deaf = False
        self.role = ""

    def close(self) -> None:
        """Breaks both halves off."""
        for writer in (self._client, self._server):
            with contextlib.suppress(RuntimeError):  # the loop may be gone already
                writer.transport.abort()

    async def carry(self, client: asyncio.StreamReader, server: asyncio.StreamReader) -> None:
        """Both directions, until either ends."""
        halves = [asyncio.create_task(_quietly(half)) for half in (self._upwards(client), self._downwards(server))]
        try:
            await asyncio.wait(halves, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for half in halves:
                half.cancel()
            await asyncio.gather(*halves, return_exceptions=True)

    async def _upwards(self, client: asyncio.StreamReader) -> None:
        await self._greet(client)
        while True:
            head = await client.readexactly(5)
            body = await client.readexactly(struct.unpack("!I", head[1:])[0] - 4)
            if head[:1] == b"Q" and body.startswith(_COMMIT) and not await self._commits():
                return
            self._server.write(head + body)
            await self._server.drain()

    async def _greet(self, client: asyncio.StreamReader) -> None:
        """The messages before the first that has a type: perhaps a wish for TLS, then who it is."""
        while not self.role:
            size = await client.readexactly(4)
            body = await client.readexactly(struct.unpack("!I", size)[0] - 4)
            if struct.unpack("!I", body[:4])[0] != _SSL_REQUEST:
                words = body[4:].split(b"\0")
                self.role = dict(zip(words[::2], words[1::2], strict=False)).get(b"user", b"?").decode()
            self._server.write(size + body)

    async def _commits(self) -> bool:
        """Whether the commit goes on its way."""
        fate = await self._proxy.decide(self.role)
        if fate is Fate.PASS:
            return True
        self._proxy.cuts += 1
        self._deaf = fate is Fate.AFTER
        return self._deaf

    async def _downwards(self, server: asyncio.StreamReader) -> None:
        while data := await server.read(65536):
            if self._deaf:
                return  # the server has answered the commit; its answer goes no further
            self._client.write(data)
            await self._client.drain()


async def _quietly(half: Coroutine[Any, Any, None]) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        await half
