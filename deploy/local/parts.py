"""The table of what runs on this machine, in the order in which it starts."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

from deploy.local import process, secret_files
from deploy.local.environment import Environments, foreign_database, foreign_kafka, needs_postgres
from deploy.local.kafka import ADMIN as KAFKA_ADMIN
from deploy.local.kafka import KafkaBroker
from deploy.local.layout import HOST, PORTS, ROOT, SERVICES, WITH_DATABASE, Layout, port
from deploy.local.postgres import ADMIN as POSTGRES_ADMIN
from deploy.local.postgres import PostgresServer
from deploy.local.process import Command
from deploy.local.supervisor import Part
from deploy.local.topics import declared

SIGNERS = ("gateway", *SERVICES)
PASSING = ("No space left on device", "Disk quota exceeded")
"""PostgreSQL's last words on a full disk: it is whole again as soon as there is room."""


def parts(where: Layout, report: Callable[[str], None], *, separate: bool = False) -> list[Part]:
    """Every part of the cluster, as the environment and the flags ask."""
    secret_files.signing_keys(where, SIGNERS)
    broker = None if foreign_kafka() else kafka_broker(where)
    server = postgres_server(where) if needs_postgres() else None
    environments = Environments(where, server, broker)
    return list(_table(environments, report, separate=separate))


def _table(environments: Environments, report: Callable[[str], None], *, separate: bool) -> Iterator[Part]:
    where, server, broker = environments.where, environments.postgres, environments.broker
    heavy = tuple(name for name, part in (("kafka", broker), ("postgres", server)) if part is not None)
    if broker is not None:
        yield _kafka_part(where, broker, report)
    if server is not None:
        yield _postgres_part(where, server)
    yield _migrations(environments, needs=("postgres",) if server is not None else ())
    for name in ("issuer", "register"):
        yield _python(where, name, f"deploy.local.{name}", environments.beside(name), follows=heavy)
    for name in SERVICES:
        needs = ("migrations",) if name in WITH_DATABASE else ()
        run = "api" if separate else "all"
        yield _python(where, name, f"services.{name}.main", environments.service(name, run), needs=needs, follows=heavy)
        if separate and name in WITH_DATABASE:
            yield _worker(where, name, environments.service(name, "worker"))
    run = "api" if separate else "all"
    yield _python(where, "gateway", "gateway.main", environments.gateway(run), needs=("migrations",), follows=heavy)
    if separate:
        yield _worker(where, "gateway", environments.gateway("worker"))


def kafka_broker(where: Layout) -> KafkaBroker:
    """The broker of this state folder."""
    declaration = declared()
    passwords = secret_files.passwords(where.secrets / "kafka", (KAFKA_ADMIN, *declaration.users))
    return KafkaBroker(
        where.state / "kafka", port=port("kafka"), controller_port=port("kafka-controller"), passwords=passwords, declaration=declaration
    )  # fmt: skip


def postgres_server(where: Layout) -> PostgresServer:
    """The PostgreSQL of this state folder."""
    roles = (POSTGRES_ADMIN, *(role for name in WITH_DATABASE for role in (name, f"{name}_owner")))
    return PostgresServer(
        where.state / "postgres", port("postgres"), secret_files.passwords(where.secrets / "postgres", roles)
    )


def _kafka_part(where: Layout, broker: KafkaBroker, report: Callable[[str], None]) -> Part:
    return Part(
        "kafka",
        command=broker.command,
        log=where.logs / "kafka.log",
        ready=broker.wait_ready,
        prepare=lambda: broker.prepare(report),
        port=broker.port,
        is_store=True,
    )


def _postgres_part(where: Layout, server: PostgresServer) -> Part:
    async def ready() -> None:
        await server.wait_ready()
        own = [name for name in WITH_DATABASE if foreign_database(name) is None]
        await asyncio.gather(server.create_statistics(), *(server.create_service_database(name) for name in own))

    return Part(
        "postgres", command=server.command, log=where.logs / "postgres.log", ready=ready, prepare=server.prepare, port=server.port, is_store=True, passing=PASSING
    )  # fmt: skip


def migrations(where: Layout) -> Command:
    """The one process that may change schemas; for `somlos migrate`, with the cluster running."""
    return _migration_command(Environments(where, postgres_server(where) if needs_postgres() else None, None))


def replay_command(where: Layout, service: str, arguments: Sequence[str]) -> Command:
    """The service's replay, in the service's environment."""
    words = (sys.executable, "-m", "shared.worker", service, *arguments)
    return Command(words, _environments(where).service(service), directory=ROOT)


def erase_command(where: Layout, arguments: Sequence[str]) -> Command:
    """Mapping's erasure, in mapping's environment."""
    words = (sys.executable, "-m", "services.mapping.erase", *arguments)
    return Command(words, _environments(where).service("mapping"), directory=ROOT)


def epoch_command(where: Layout, arguments: Sequence[str]) -> Command:
    """Raises every service's epoch, as the schemas' owners."""
    words = (sys.executable, "-m", "shared.db.epoch", *WITH_DATABASE, *arguments)
    return Command(words, _environments(where).migrations(), directory=ROOT)


def _environments(where: Layout) -> Environments:
    server = postgres_server(where) if needs_postgres() else None
    return Environments(where, server, None if foreign_kafka() else kafka_broker(where))


def _migration_command(environments: Environments) -> Command:
    arguments = (sys.executable, "-m", "shared.db.migrate", *WITH_DATABASE)
    return Command(arguments, environments.migrations(), signal.SIGKILL, directory=ROOT)


def _migrations(environments: Environments, needs: tuple[str, ...]) -> Part:
    command = _migration_command(environments)
    log = environments.where.logs / "migrations.log"
    return Part("migrations", command=lambda: command, log=log, needs=needs, is_job=True)


def _python(
    where: Layout, name: str, module: str, environment: Mapping[str, str], *, needs: tuple[str, ...] = (), follows: tuple[str, ...] = ()
) -> Part:  # fmt: skip
    command = Command((sys.executable, "-m", module), environment, signal.SIGTERM, directory=ROOT)
    return Part(
        name, command=lambda: command, log=where.logs / f"{name}.log", ready=_until_healthy(port(name)), needs=needs, follows=follows, port=port(name)
    )  # fmt: skip


def _worker(where: Layout, service: str, environment: Mapping[str, str]) -> Part:
    module = "gateway.delivery.worker" if service == "gateway" else f"services.{service}.worker"
    command = Command((sys.executable, "-m", module), environment, signal.SIGTERM, directory=ROOT)
    return Part(
        f"{service}-worker", command=lambda: command, log=where.logs / f"{service}-worker.log", needs=("migrations",)
    )


def _until_healthy(number: int) -> Callable[[], Awaitable[None]]:
    async def healthy() -> None:
        await process.until(lambda: _answers_ready(number))

    return healthy


async def _answers_ready(number: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection(HOST, number)
    except OSError:
        return False
    try:
        writer.write(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        async with asyncio.timeout(5):
            first = await reader.readline()
        return first.split(b" ")[1:2] == [b"200"]
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def taken_ports(wanted: list[Part]) -> list[str]:
    """One line for each port that another program already listens on."""
    names = [(part.name, part.port) for part in wanted if part.port is not None]
    if any(part.name == "kafka" for part in wanted):
        names.append(("kafka-controller", port("kafka-controller")))
    return [
        f"Port {number}, meant for {name}, is taken by another program. Stop it, or set {PORTS[name][0]} to a free port."
        for name, number in names
        if process.port_is_taken(number)
    ]
