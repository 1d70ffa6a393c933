"""The pieces of a restore, on a PostgreSQL of its own; the whole cluster goes through it in `long.py` (make faults)."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.local import process
from deploy.local.backups import Backups
from deploy.local.postgres import CONFIGURATION, PostgresServer, passwords_for
from deploy.local.process import Command, StartFailed
from gateway.delivery.events import mapping as erasures_heard
from shared.crypto import FileKeyProvider, Sealer
from shared.db.epoch import raise_epoch
from shared.db.migrate import migrate
from shared.db.transaction import Database
from shared.events.mapping import PersonErased
from tests.gateway.delivery.stories import NAV, SUBSCRIPTIONS, Application, Desk, due, rows
from tests.support.deliveries import Record, consumer, deliver, projection, record
from tests.support.keeper import free_port
from tests.support.postgres import Clone
from tests.support.run import run_folder
from tests.support.until import until

GATEWAY = "gateway"
LISTENERS = (*SUBSCRIPTIONS, *erasures_heard.SUBSCRIPTIONS)


@dataclass
class Server:
    """A durable PostgreSQL with the gateway's database, and its backups."""

    server: PostgresServer
    backups: Backups
    folder: Path

    @property
    def clone(self) -> Clone:
        """Its rows, past every wall."""
        return Clone(self.server, GATEWAY, f"somlos_{GATEWAY}")

    def open(self) -> Database:
        """The gateway's database as it is now, with the keys that no backup holds."""
        url = self.server.url(GATEWAY)
        made = Database(url, service=GATEWAY, sealer=Sealer(FileKeyProvider(self.folder / "keys", GATEWAY, b"0" * 32)))
        made.clone = self.clone  # type: ignore[attr-defined]  # as the fixture does
        return made

    async def now(self) -> datetime:
        """The server's clock, after whatever was committed before."""
        [row] = await self.ask("select clock_timestamp() as now")
        now: datetime = row["now"]
        return now.astimezone(UTC)

    async def ask(self, sql: str) -> list[dict[str, Any]]:
        return await self.clone.rows(sql)

    async def set_back(self, moment: datetime, *, undo: bool = False) -> None:
        """The operator's way: stop, restore."""
        await self.server.stop()
        await self.backups.restore(self.backups.newest_before(moment), moment, undo=undo)


@pytest.fixture(scope="module")
async def running() -> AsyncIterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="restore-", dir=run_folder()))
    server = PostgresServer(folder, free_port(), passwords_for([GATEWAY]))
    await server.start()
    try:
        await server.create_service_database(GATEWAY)
        await migrate(GATEWAY, server.owner_url(GATEWAY))
        yield Server(server, Backups(server), folder)
    finally:
        await server.stop()


async def tell(database: Database, *batches: object) -> None:
    """What is heard, and what follows from it."""
    worker = consumer(database, LISTENERS, Desk())
    await deliver(worker, batches)  # type: ignore[arg-type]
    await deliver(worker, [[each] for each in await due(database)])


async def told(database: Database, application: UUID) -> list[tuple[UUID, int]]:
    """(id, number) of what Nav was told of the application."""
    found = [row for row in await rows(database) if row["topic"] == f"partner.{NAV}.events.v1"]
    return [(row["event_id"], row["version"]) for row in found if row["aggregate_id"] == application]


@dataclass(frozen=True)
class Lived:
    """A backup; `moment` after it; then more, told to Nav (`knows`: the ids), an erasure, and a later moment."""

    before: Application
    late: Application
    moment: datetime
    answers: object
    knows: dict[UUID, list[UUID]]
    erasure: Record
    later: datetime


@pytest.fixture(scope="module")
async def lived(running: Server) -> Lived:
    before, gone, late = Application(NAV), Application(NAV), Application(NAV)
    database = running.open()
    await tell(database, *([each] for each in before.records()[:2]), gone.records()[:1])
    await running.backups.take()
    await tell(database, *([each] for each in before.records()[2:3]))
    moment, answers = await running.now(), (await projection(running.clone), await rows(database))
    await tell(database, before.records()[3:], late.records()[:1])
    knows = {each.id: [event_id for event_id, _ in await told(database, each.id)] for each in (before, late)}
    erasure = record(PersonErased(erasure_id=uuid4(), person_id=gone.child, erased_at=moment))
    await tell(database, [erasure])
    later = await running.now()
    await tell(database, Application(NAV).records()[:1])
    await database.close()
    return Lived(before, late, moment, answers, knows, erasure, later)


async def test_set_back_to_a_moment_everything_is_as_it_was_and_goes_on(running: Server, lived: Lived) -> None:
    await running.set_back(lived.moment)
    database = running.open()
    assert (await projection(running.clone), await rows(database)) == lived.answers
    raised = await raise_epoch(running.server.owner_url(GATEWAY))
    await tell(database, [lived.erasure])  # whoever was erased after the moment is erased again
    assert {row["subject_id"] for row in (await projection(running.clone))["party"]} == {lived.before.child}
    await tell(database, lived.before.records()[3:], lived.late.records()[:1])  # our services tell again what was lost
    for application, ids in lived.knows.items():
        assert [event_id for event_id, _ in await told(database, application)] == ids
    [newest] = await running.ask("select max(epoch) as epoch from outbox")
    assert newest["epoch"] == raised.epoch == 2
    await database.close()


async def test_a_wrong_moment_can_be_taken_back(running: Server, lived: Lived) -> None:
    """What the restore took away is there again, though another line of the log has begun since."""
    await running.set_back(lived.moment)
    await running.set_back(lived.later, undo=True)
    database = running.open()
    for application, ids in lived.knows.items():
        assert [event_id for event_id, _ in await told(database, application)] == ids
    await database.close()
    [epoch] = await running.ask("select epoch from epoch")
    assert epoch["epoch"] == 1


async def test_a_moment_that_the_log_does_not_reach_is_said_and_leaves_the_data_as_it_was(running: Server) -> None:
    await running.backups.take()
    before, moment = await projection(running.clone), await running.now()
    await running.server.stop()
    with pytest.raises(StartFailed, match="choose an earlier one, or --latest"):
        await running.backups.restore(running.backups.newest_before(moment), moment)
    await running.server.start()
    assert await projection(running.clone) == before
    await running.server.stop()
    await running.backups.restore(running.backups.newest_before(None), None)
    assert await projection(running.clone) == before


async def test_old_backups_go_with_the_log_that_only_they_needed_and_a_moment_before_them_is_refused(
    running: Server,
) -> None:
    first, second = await running.backups.take(), await running.backups.take()
    needed = next(line for line in (second.folder / "backup_label").read_text().splitlines() if "file" in line)[-25:-1]
    await running.ask("select pg_switch_wal()")
    archive = running.folder / "archive"
    await until((archive / needed).exists, deadline=20)
    assert [each for each in await running.backups.prune(1) if each == first]
    assert [each.folder for each in running.backups.all()] == [second.folder]
    assert min(file.name for file in archive.iterdir() if len(file.name) == len(needed)) == needed
    with pytest.raises(StartFailed, match="No backup"):
        running.backups.newest_before(second.taken_at - timedelta(seconds=1))


async def test_without_a_backup_the_log_is_let_go(tmp_path: Path) -> None:
    """archive.sh by itself: nothing piles up on a machine where nobody makes backups."""
    piece = tmp_path / "piece"
    piece.write_bytes(b"log")
    (tmp_path / "backups").mkdir()
    kept = tmp_path / "archive" / "0001"
    for backup, same, code, archived in (
        (False, True, 0, False),
        (True, True, 0, True),
        (True, True, 0, True),
        (True, False, 1, True),
    ):
        if backup:
            (tmp_path / "backups" / "one").mkdir(exist_ok=True)
        if not same:
            piece.write_bytes(b"another log")
        command = Command(("/bin/sh", str(CONFIGURATION / "archive.sh"), str(piece), "0001", str(tmp_path)))
        assert (await process.run(command, tmp_path / "log") != 0) == (code != 0)
        assert kept.exists() == archived
    assert kept.read_bytes() == b"log"
