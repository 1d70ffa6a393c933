"""A standby that acknowledges every commit is promoted under load, after the primary was killed: nothing acknowledged is lost."""

import asyncio
import os
import random
import signal
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import asyncpg

from deploy.local import process
from deploy.local.layout import HOST, WITH_DATABASE
from deploy.local.postgres import ADMIN, PostgresServer
from shared.db.epoch import raise_epoch
from tests.faults.apart import Apart
from tests.faults.checker import check
from tests.faults.history import History
from tests.faults.load import live, open_families
from tests.faults.look import look_at
from tests.faults.proxy import Proxy
from tests.faults.restore.stage import Stage, say
from tests.support.keeper import free_port
from tests.support.until import until

LOAD_S, FAMILIES = 4.0, 4
_FOLLOWS = "select count(*) from pg_stat_replication where sync_state = 'sync'"


class Switch(Proxy):
    """Stands before PostgreSQL, and can be turned to another one."""

    def point_to(self, port: int) -> None:
        """From now on, new connections go there."""
        self._target = port


async def carried_on(folder: Path, chance: random.Random) -> list[str]:
    """One line for each fault."""
    stage, history = Stage(folder), History()
    switch = Switch(stage.ports["postgres"])
    await switch.start()
    try:
        async with stage.up(switch) as cluster, AsyncExitStack() as stack:
            standby = await _standby(cluster, free_port())
            stack.push_async_callback(standby.stop)
            families = await open_families(cluster, history, stack, seed=chance.randrange(10**6), count=FAMILIES)
            enough = asyncio.Event()
            asyncio.get_running_loop().call_later(LOAD_S, enough.set)
            living = asyncio.create_task(live(families, enough))
            await asyncio.wait([living], timeout=LOAD_S * chance.uniform(0.3, 0.7))
            seconds = await _promote(cluster, standby, switch)
            await living
            there = replace(cluster, ports={**cluster.ports, "postgres": standby.port})
            report = check(history, await look_at(there, history, families))
            say("\n".join([f"a standby carried on after {seconds:.1f} s", *report.lines()]))
            return report.faults
    finally:
        await switch.stop()


def _passwords(cluster: Apart) -> dict[str, str]:
    folder = cluster.state / "secrets" / "postgres"
    return {file.name: file.read_text().strip() for file in folder.iterdir()}


async def _standby(cluster: Apart, port: int) -> PostgresServer:
    """A copy of the running primary that follows it; from here on every commit waits for it."""
    passwords = _passwords(cluster)
    primary = PostgresServer(cluster.state / "postgres", cluster.ports["postgres"], passwords)
    standby = PostgresServer(cluster.state / "standby", port, passwords)
    standby.home.mkdir(parents=True, exist_ok=True)
    where = ("-h", HOST, "-p", str(primary.port), "-U", ADMIN)
    copy = primary.tool(
        "pg_basebackup", *where, "-D", str(standby.home / "data"), "-R", "-X", "stream", "--checkpoint=fast"
    )
    assert await process.run(copy, standby.log) == 0, process.tail(standby.log)
    await standby.start()
    await _ask(primary.admin_url(), "alter system set synchronous_standby_names = '*'")
    await _ask(primary.admin_url(), "select pg_reload_conf()")

    async def follows() -> bool:
        return bool(await _ask(primary.admin_url(), _FOLLOWS))

    await until(follows, deadline=20)
    return standby


async def _promote(cluster: Apart, standby: PostgresServer, switch: Switch) -> float:
    """The operator's way: the old one away for good, the standby promoted, the epochs raised, the services led there. The seconds it took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    switch.point_to(free_port())  # nobody reaches the old one again, even if it comes back
    os.kill(cluster.pid("postgres"), signal.SIGKILL)
    switch.cut_all()
    assert await _ask(standby.admin_url(), "select pg_promote()")
    for service in WITH_DATABASE:
        await raise_epoch(standby.owner_url(service))
    switch.point_to(standby.port)
    return loop.time() - began


async def _ask(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()
