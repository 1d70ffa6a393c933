"""Every command of the two guides is run as it stands, and every answer shown there is of the shape that came."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from deploy.local.layout import ROOT
from tests.examples.conftest import environment
from tests.support.cluster import Cluster
from tests.support.until import until

BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DONE = "-- done --"
# The guides' family and municipality belong to the story; here others stand in, so that nobody's test disturbs another's.
INSTEAD = {
    "14838836047": "05919526671",
    "hamar": "innlandet",
    "312482754": "312486865",
    "http://localhost:8080": "{gateway}",
    ".venv/bin/python": sys.executable,
}


@dataclass(frozen=True)
class Step:
    """A block of commands, and the answer that the guide shows under it, if it shows one."""

    commands: str
    shown: Any | None

    @property
    def only_reads(self) -> bool:
        return "-X" not in self.commands


def steps(document: str) -> list[Step]:
    blocks = BLOCK.findall((ROOT / "docs" / document).read_text(encoding="utf-8"))
    following = [*blocks[1:], ("", "")]
    return [
        Step(text, json.loads(after) if kind_after == "json" else None)
        for (kind, text), (kind_after, after) in zip(blocks, following, strict=True)
        if kind == "sh"
    ]


@asynccontextmanager
async def shell(cluster: Cluster, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """One shell for a whole guide: a variable that is set in one block is there in the next."""
    issuer = str(urlsplit(cluster.issuer).port)
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-u",
        cwd=ROOT,
        env=environment(cluster, SOMLOS_ISSUER_PORT=issuer, TMPDIR=str(folder)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def said(process: asyncio.subprocess.Process, commands: str) -> str:
    """What the commands print."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{commands}\necho; echo '{DONE}'\n".encode())
    told = await asyncio.wait_for(process.stdout.readuntil(f"{DONE}\n".encode()), 60)
    return told.decode().removesuffix(f"{DONE}\n")


def documents_in(text: str) -> Iterator[Any]:
    """Every JSON document in what was printed, headers and all."""
    at, decoder = text.find("{"), json.JSONDecoder()
    while at != -1:
        found, end = decoder.raw_decode(text, at)
        yield found
        at = text.find("{", end)


def paths(value: Any, where: str = "") -> set[str]:
    """The names in a document, with the kind of each value; the items of a list count as one."""
    match value:
        case dict():
            return {where} | {path for name, inner in value.items() for path in paths(inner, f"{where}.{name}")}
        case list():
            return {where} | {path for inner in value for path in paths(inner, f"{where}[]")}
        case _:
            return {where}


async def fits(process: asyncio.subprocess.Process, step: Step, commands: str) -> str | None:
    """What is shown and did not come; None when all of it came."""
    printed = await said(process, commands)
    came = list(documents_in(printed))
    problems = [each for each in came if str(each.get("type", "")).startswith("urn:somlos:problem:")]
    if problems and (step.shown or {}).get("type") != problems[-1]["type"]:
        return f"{commands}\n{printed}"
    if step.shown is None:
        return None
    lacking = paths(step.shown) - paths(came[-1] if came else None)
    return f"{sorted(lacking)} of what the guide shows after\n{commands}\n{printed[:3000]}" if lacking else None


def test_a_shape_is_compared_in_its_depth():
    assert paths({"a": [{"b": 1}, {"c": [2]}]}) == {"", ".a", ".a[]", ".a[].b", ".a[].c", ".a[].c[]"}
    assert list(documents_in('etag: "1"\n\n{"a": 1}{"b": {"c": 2}}\n')) == [{"a": 1}, {"b": {"c": 2}}]


@pytest.mark.parametrize("document", ["app-developers.md", "case-systems.md"])
async def test_the_commands_of_a_guide_do_what_it_says(cluster, document, tmp_path):
    found = steps(document)
    assert len(found) > 5
    async with shell(cluster, tmp_path) as process:
        for step in found:
            commands = step.commands
            for old, new in INSTEAD.items():
                commands = commands.replace(old, new.format(gateway=cluster.gateway))
            last: list[str | None] = [None]

            async def done(step: Step = step, commands: str = commands, last: list[str | None] = last) -> bool:
                last[0] = await fits(process, step, commands)
                return last[0] is None

            if step.only_reads:  # what follows over Kafka may take a moment
                try:
                    await until(done, deadline=30)
                except AssertionError:
                    pytest.fail(str(last[0]))
            else:
                assert await done(), last[0]
