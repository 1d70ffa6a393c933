"""What the examples' tests share: how to run one, the page on a port, a browser."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.layout import ROOT
from tests.examples.browser import Tab, browsing, chromium
from tests.support.cluster import Cluster
from tests.support.keeper import free_port
from tests.support.run import only_one
from tests.support.until import until

PAGE, PAGE_PORT = ROOT / "examples" / "page", 8090
SECONDS = 90
Run = Callable[..., Awaitable[tuple[int, str, str]]]


def environment(cluster: Cluster, **more: str) -> dict[str, str]:
    """What one sets to use another cluster than that of `make up`."""
    return {
        "PATH": os.environ["PATH"],
        "SOMLOS_STATE_DIR": str(cluster.state),
        "SOMLOS_GATEWAY": cluster.gateway,
        "IDPORTEN_ISSUER": f"{cluster.issuer}/idporten",
        "MASKINPORTEN_ISSUER": f"{cluster.issuer}/maskinporten",
        **more,
    }


async def run(program: Path, *words: str, env: Mapping[str, str]) -> tuple[int, str, str]:
    """How it ended, and what it said to whom."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(program),
        *words,
        cwd=ROOT,
        env=dict(env),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, told = await asyncio.wait_for(process.communicate(), SECONDS)
    except TimeoutError:
        process.kill()
        raise
    return process.returncode or 0, out.decode(), told.decode()


@dataclass(frozen=True)
class Family:
    """A parent who is logged in, and what they do with their first child."""

    http: httpx.AsyncClient
    child: str

    async def tell(self, facts: Mapping[str, Any]) -> None:
        """So that there is something to share."""
        path = f"/mapping/v1/children/{self.child}/profile"
        etag = (await self.http.get(path)).headers["etag"]
        body = {"facts": [{"fact": fact, "value": value} for fact, value in facts.items()]}
        (await self.http.patch(path, json=body, headers={"If-Match": etag})).raise_for_status()

    async def has_rights(self) -> bool:
        """Whether the start page shows rights that rest on what was told."""
        page = (await self.http.get("/overview")).raise_for_status().json()
        return any(each["rights"].get("first") for each in page["children"] if each["id"] == self.child)

    async def open_to(self, organisation: str, groups: list[str], key: str) -> str:
        """A grant's id."""
        body = {
            "organisation": organisation,
            "purpose": "follow-up",
            "groups": groups,
            "actions": ["profile.read"],
            "valid_to": str(datetime.now(UTC).date() + timedelta(days=90)),
        }
        path = f"/mapping/v1/children/{self.child}/grants"
        given = await self.http.post(path, json=body, headers={"Idempotency-Key": key})
        return str(given.raise_for_status().json()["id"])

    async def close(self, grant: str) -> None:
        """Takes it back."""
        (await self.http.post(f"/mapping/v1/grants/{grant}/withdrawal")).raise_for_status()


@asynccontextmanager
async def family_of(cluster: Cluster, family: str, parent: str) -> AsyncIterator[Family]:
    """That parent, logged in."""
    async with cluster.person(family, parent) as http:
        listed = (await http.get("/mapping/v1/children")).raise_for_status().json()["items"]
        yield Family(http, listed[0]["id"])


@asynccontextmanager
async def serving(cluster: Cluster, port: int) -> AsyncIterator[str]:
    """The page as `python examples/page/serve.py` serves it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PAGE / "serve.py"),
        env=environment(cluster, SOMLOS_PAGE_PORT=str(port)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await until(lambda: process.returncode is not None or _answers(port), deadline=20)
        assert process.returncode is None
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        _, told = await process.communicate()
        assert told == b"", told


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
async def page(cluster: Cluster) -> AsyncIterator[str]:
    """The address of the page, on a port of its own."""
    async with serving(cluster, free_port()) as address:
        yield address


@pytest.fixture
async def tab(cluster: Cluster) -> AsyncIterator[Tab]:
    """A browser's tab with the page in it, in Bokmål. The gateway lets in the page of port 8090, so there is one such test at a time."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on the PATH")
    with only_one("page"):
        if _answers(PAGE_PORT):
            pytest.skip(f"port {PAGE_PORT} is taken, and the gateway lets in no other page")
        async with serving(cluster, PAGE_PORT) as address, browsing(program) as tab:
            await tab.go(address)
            await tab.click("Bokmål")
            await tab.sees("Logg inn for å se")
            yield tab
