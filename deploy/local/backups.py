"""Base backups of a PostgreSQL of ours, and the way back to a moment: base backup, then the archived write-ahead log.

The persons' data keys are no part of it: a backup does not bring back who was erased.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from deploy.local import process
from deploy.local.layout import HOST
from deploy.local.postgres import ADMIN, PostgresServer
from deploy.local.process import StartFailed

_STAMP = "%Y-%m-%dT%H%M%S.%fZ"
_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Backup:
    """One base backup; everything up to `taken_at` is in it."""

    folder: Path
    taken_at: datetime


class Backups:
    """The backups of one server, in `<home>/backups/<moment>`; its log is in `<home>/archive`."""

    def __init__(self, server: PostgresServer) -> None:
        self._server, self._log = server, server.directory / "backup.log"
        self._folder, self._archive = server.home / "backups", server.home / "archive"

    def all(self) -> list[Backup]:
        """The finished ones, oldest first."""
        names = sorted(each.name for each in self._folder.glob("*Z") if each.is_dir())
        return [Backup(self._folder / name, datetime.strptime(name, _STAMP).replace(tzinfo=UTC)) for name in names]

    async def take(self) -> Backup:
        """A new one, of the running server, each file compared with its checksum. Raises StartFailed."""
        draft = self._folder / f"{datetime.now(UTC):{_STAMP}}{_UNFINISHED}"
        where = ("-h", HOST, "-p", str(self._server.port), "-U", ADMIN, "--no-password")
        await self._run("pg_basebackup", *where, "-D", str(draft), "-X", "stream", "--checkpoint=fast")
        await self._run("pg_verifybackup", "--quiet", str(draft))
        taken_at = await self._server_time()
        return Backup(draft.rename(self._folder / f"{taken_at:{_STAMP}}"), taken_at)

    async def prune(self, keep: int) -> list[Backup]:
        """Removes all but the newest, what was left unfinished, and the log that only the removed ones needed. Returns the removed."""
        gone = self.all()[:-keep]
        for folder in (*(each.folder for each in gone), *self._folder.glob(f"*{_UNFINISHED}")):
            shutil.rmtree(folder)
        if kept := self.all():
            await self._run("pg_archivecleanup", str(self._archive), _first_segment(kept[0].folder))
        return gone

    def newest_before(self, moment: datetime | None) -> Backup:
        """The one to begin with. Raises StartFailed when there is none that early."""
        fit = [each for each in self.all() if moment is None or each.taken_at <= moment]
        if not fit:
            raise StartFailed(
                f"No backup in {self._folder} is from before that moment. The oldest one: {self.all()[:1] or 'none'}"
            )
        return fit[-1]

    async def restore(self, backup: Backup, moment: datetime | None, *, undo: bool = False) -> Path:
        """Puts the backup in the place of the data and lets the stopped server play its log to the moment (None: to its end).

        `undo`: along the line that the backup was taken on, as if nothing had been restored since; without it the last restore's line is followed.
        The data as it was is kept beside it, and returned: it may hold log that was not archived yet. The server runs afterwards.
        Raises StartFailed; then the data is what it was.
        """
        data = self._server.home / "data"
        before = data.with_name(f"data.before-{datetime.now(UTC):{_STAMP}}")
        data.rename(before)
        shutil.copytree(backup.folder, data)
        for path in (data, *data.rglob("*")):
            shutil.copymode(backup.folder / path.relative_to(data), path)
            _give(path, before)
        settings = data / "postgresql.auto.conf"
        plain = settings.read_text()
        settings.write_text(plain + self._recovery(moment, undo=undo))
        (data / "recovery.signal").touch()
        _give(data / "recovery.signal", before)
        try:
            await self._server.start()
            await process.until(self._is_primary)
        except (StartFailed, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as fault:
            await self._server.stop()
            shutil.rmtree(data)
            before.rename(data)
            raise StartFailed(_why(process.tail(self._server.log))) from fault
        settings.write_text(plain)
        return before

    def _recovery(self, moment: datetime | None, *, undo: bool) -> str:
        """Log from the archive, and what earlier data still holds of it."""
        rest = f'for each in "{self._server.home}"/data.before-*; do cp "$each/pg_wal/%f" "%p" 2>/dev/null && exit 0; done; exit 1'
        lines = [
            f"""restore_command = 'cp "{self._archive}/%f" "%p" 2>/dev/null && exit 0; {rest}'""",
            "recovery_target_action = 'promote'",
            f"recovery_target_timeline = '{'current' if undo else 'latest'}'",
            *([f"recovery_target_time = '{moment.isoformat()}'"] if moment else []),
        ]
        return "\n".join(("", *lines, ""))

    async def _is_primary(self) -> bool:
        return not bool(await self._ask("select pg_is_in_recovery()"))

    async def _server_time(self) -> datetime:
        found: datetime = await self._ask("select clock_timestamp()")
        return found.astimezone(UTC)

    async def _ask(self, question: str) -> Any:
        connection = await asyncpg.connect(self._server.admin_url())
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    async def _run(self, program: str, *arguments: str) -> None:
        code = await process.run(self._server.tool(program, *arguments), self._log)
        if code != 0:
            raise StartFailed(
                f"{program} failed (exit code {code}). The end of {self._log}:\n{process.tail(self._log)}"
            )


def _why(end_of_log: str) -> str:
    if "recovery ended before configured recovery target" in end_of_log:
        return "Nothing is in the log that was committed after that moment: choose an earlier one, or --latest. The data is as it was."
    return f"PostgreSQL could not play the log; the data is as it was. The end of its own log:\n{end_of_log}"


def _first_segment(backup: Path) -> str:
    """The first piece of log that the backup needs, as its label says."""
    for line in (backup / "backup_label").read_text().splitlines():
        if line.startswith("START WAL LOCATION"):
            return line.rpartition("file ")[2].rstrip(")")
    raise StartFailed(f"{backup} has no label: it is no base backup.")


def _give(path: Path, like: Path) -> None:
    """Of who owns the data, so that the server may read it."""
    owner = like.stat()
    if path.stat().st_uid != owner.st_uid:
        shutil.chown(path, owner.st_uid, owner.st_gid)
