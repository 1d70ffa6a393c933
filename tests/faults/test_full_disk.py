"""The database's disk is full: a clear 503, nothing half done; and whole again as soon as there is room."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from starlette.types import ASGIApp

from deploy.local.postgres import PostgresServer, passwords_for
from shared.db.migrate import migrate
from tests.services.mapping.world import Family, Register, World
from tests.support.clock import MovableClock
from tests.support.keeper import free_port
from tests.support.keys import Keys
from tests.support.postgres import Clone
from tests.support.run import ROOT, run_folder
from tests.support.running import environment, running
from tests.support.until import until

AWAY = (503, "urn:somlos:problem:unavailable")
ENOUGH = 3_000


def can_mount() -> bool:
    """Whether this is root, and may have mounts of its own."""
    return (
        os.geteuid() == 0
        and subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode == 0
    )


@dataclass
class Disk:
    """The little disk with PostgreSQL on it."""

    process: asyncio.subprocess.Process
    server: PostgresServer

    async def do(self, word: str) -> None:
        """`fill` or `free`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{word}\n".encode())
        assert (await self.process.stdout.readline()).decode().strip() == word


@pytest.fixture
async def disk(tmp_path: Path) -> AsyncIterator[Disk]:
    if not can_mount():
        pytest.skip("a small disk needs root and a mount namespace (unshare -m)")
    folder, port, passwords = run_folder() / f"disk-{tmp_path.name}", free_port(), passwords_for(("mapping",))
    folder.mkdir()
    log = (tmp_path / "disk.log").open("wb")
    with log:
        words = ("unshare", "-m", sys.executable, "-m", "tests.faults.small_disk", str(folder), str(port))
        started = await asyncio.create_subprocess_exec(
            *words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        )
    assert started.stdin is not None
    assert started.stdout is not None
    started.stdin.write(json.dumps(passwords).encode() + b"\n")
    try:
        assert (await started.stdout.readline()) == b"ready\n", (tmp_path / "disk.log").read_text()
        yield Disk(started, PostgresServer(folder, port, passwords))
    finally:
        started.stdin.close()
        await asyncio.wait_for(started.wait(), 20)


@pytest.fixture
async def world(
    disk: Disk, keys: Keys, clock: MovableClock, tmp_path: Path, serve: Callable[[ASGIApp], Awaitable[str]]
) -> AsyncIterator[World]:
    """The mapping service on that disk."""
    await disk.server.create_service_database("mapping")
    await migrate("mapping", disk.server.owner_url("mapping"))
    clone, register = Clone(disk.server, "mapping", "somlos_mapping"), Register()
    settings = {
        **environment("mapping", folder=tmp_path, keys=keys, clone=clone),
        "REGISTER_URL": await serve(register.app()),
    }
    async with running("mapping", settings, clone=clone, keys=keys, clock=clock) as mapping:
        yield World(mapping, register)


async def tell(world: World, family: Family, child: UUID, version: int) -> tuple[int, str]:
    """The next answer to the same question: status and problem."""
    told = {"fact": "needs_coordinated_services_count", "state": "known", "value": version % 50}
    answer = await world.tell(family.mother, child, told, version=version)
    return answer.status_code, answer.json().get("type", "")


async def until_refused(world: World, family: Family, child: UUID) -> tuple[int, tuple[int, str]]:
    """How many were taken until one was not, and how that one was answered."""
    for version in range(1, ENOUGH):
        answer = await tell(world, family, child, version)
        if answer[0] != 200:
            return version - 1, answer
    raise AssertionError(f"{ENOUGH} changes found room on a full disk")


async def test_a_full_disk_is_a_clear_503_and_the_service_is_whole_again_when_there_is_room(
    disk: Disk, world: World
) -> None:
    family = world.family()
    child = await world.child_of(family.mother)

    await disk.do("fill")
    taken, answer = await until_refused(world, family, child)
    assert answer == AWAY
    await disk.do("free")

    async def taken_again() -> bool:
        return (await tell(world, family, child, taken + 1))[0] == 200

    await until(taken_again, 30)
    rows = await world.rows("select version from profile where child_id = :child", child=child)
    facts = await world.rows("select id from fact where fact = 'needs_coordinated_services_count'")
    told = await world.mapping.outbox("no.somlos.profile.updated.v1")
    assert (rows[0]["version"], len(facts)) == (taken + 2, taken + 1)
    assert sorted(event["version"] for event in told) == list(range(1, taken + 3))


async def test_a_database_that_fell_because_its_log_found_no_room_is_started_again_until_there_is_some(
    disk: Disk, world: World
) -> None:
    family = world.family()
    child = await world.child_of(family.mother)
    assert (await tell(world, family, child, 1))[0] == 200

    await disk.do("fill")
    await until(lambda: the_log_has_no_room(disk.server), 20)
    status, problem = await tell(world, family, child, 2)
    assert (status, problem) == AWAY
    await disk.do("free")

    async def taken_again() -> bool:
        return (await tell(world, family, child, 2))[0] == 200

    await until(taken_again, 30)
    facts = await world.rows("select id from fact where fact = 'needs_coordinated_services_count'")
    assert len(facts) == 2


async def the_log_has_no_room(server: PostgresServer) -> bool:
    """Fills one segment of the write-ahead log after another. True once that has brought the server down."""
    try:
        connection = await asyncpg.connect(server.admin_url(), timeout=5)
        try:
            for _ in range(50):
                await connection.execute("select pg_logical_emit_message(false, 'fill', repeat('x', 1000000))")
        finally:
            connection.terminate()
    except (
        OSError,
        TimeoutError,
        asyncpg.InterfaceError,
        asyncpg.PostgresConnectionError,
        asyncpg.CannotConnectNowError,
    ):
        return True
    return False
