"""The only way to the database: one transaction, one caller, one moment."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import asyncpg
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from shared import telemetry
from shared.auth.principals import Kind, Principal, worker
from shared.clock import Clock, SystemClock
from shared.crypto import Sealer
from shared.dates import oslo_day
from shared.db.tables import access_log
from shared.domain import OutcomeUnknown, Unavailable
from shared.events.access import AccessLogged
from shared.events.envelope import Event
from shared.ids import new_id

WAKE_CHANNEL = "somlos_outbox"
_CONNECT_TIMEOUT_SECONDS = 5
_POOL_TIMEOUT_SECONDS = 10
_COMMAND_TIMEOUT_SECONDS = 30
_LOST = (
    OperationalError,
    InterfaceError,
    PoolTimeoutError,
    ConnectionError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
# SQLSTATE: connection exceptions; ended for idling; no room, no memory, too many; shut down, crashed, starting up; disk.
_LOST_STATES = ("08", "25P03", "53", "57P", "58030")
_SET_CALLER = text(
    "select set_config('somlos.kind', :kind, true), set_config('somlos.subjects', :subjects, true), set_config('somlos.org', :org, true),"
    " set_config('somlos.service', :service, true), set_config('somlos.principal', :principal, true)"
)
_SET_ERASING = text("select set_config('somlos.erasing', :person, true)")
_EMIT = text(
    "with stored as (insert into outbox (event_id, topic, key, aggregate_id, epoch, version, type, at, traceparent, data)"
    " select :event_id, :topic, :key, :aggregate_id, epoch, :version, :type, :at, :traceparent, :data from epoch returning 1)"
    " select pg_notify('somlos_outbox', '') from stored"
)


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One line of the access log: who read what of which child, when and why."""

    id: UUID
    child_id: UUID
    reader_kind: str
    reader_id: UUID | None
    organisation: str | None
    purpose: str | None
    what: str
    at: datetime
    denied: bool
    protected: bool


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction that carries its caller. Every store function takes one."""

    connection: AsyncConnection
    principal: Principal
    at: datetime
    service: str
    sealer: Sealer
    tell: "Callable[[Transaction, AccessRow], Awaitable[None]]"

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return new_id()

    def today(self) -> date:
        """The day in Europe/Oslo."""
        return oslo_day(self.at)

    def seal(self, person: UUID, plaintext: bytes, *, table: str, column: str, row: UUID) -> bytes:
        """Seals with the person's data key, bound to its place. Raises Erased."""
        return self.sealer.seal(person, plaintext, (table, column, row))

    def unseal(self, person: UUID, sealed: bytes, *, table: str, column: str, row: UUID) -> bytes:
        """The plaintext. Raises Erased, or ValueError when it was changed or moved."""
        return self.sealer.unseal(person, sealed, (table, column, row))

    async def erase(self, person: UUID) -> None:
        """Destroys this service's key of the person, now and for good, whatever becomes of the transaction, and lets the transaction reach
        what policies keep for an erasure. Again has no effect."""
        self.sealer.keys.destroy(person)
        await self.connection.execute(_SET_ERASING, {"person": str(person)})

    def is_erased(self, person: UUID) -> bool:
        """Whether the person was erased in this service."""
        return self.sealer.keys.is_erased(person)

    async def emit(self, event: Event, *, version: int, event_id: UUID | None = None) -> None:
        """Puts the event in the outbox of this transaction and wakes the relay when it commits. `event_id`: where it must be the same
        when the same thing is told again."""
        await self.connection.execute(
            _EMIT,
            {
                "event_id": event_id or new_id(),
                "topic": event.topic_name,
                "key": event.key,
                "aggregate_id": event.aggregate_id,
                "version": version,
                "type": event.type_,
                "at": self.at,
                "traceparent": telemetry.traceparent(),
                "data": event.model_dump_json(exclude_none=True),
            },
        )

    async def reads(self, child: UUID, what: str, *, denied: bool = False) -> None:
        """Logs that the caller reads this of the child. Raises Unavailable when it cannot be logged: then nothing is served."""
        caller, subject = self.principal, self.principal.subjects.get(child)
        row = AccessRow(
            id=new_id(),
            child_id=child,
            reader_kind=caller.kind.value,
            reader_id=caller.person if caller.kind is Kind.CITIZEN else None,
            organisation=caller.org,
            purpose=caller.purpose or (subject.ground if subject else None),
            what=what,
            at=self.at,
            denied=denied,
            protected=bool(subject and subject.protected),
        )
        try:
            await self.connection.execute(_LOG, {name: getattr(row, name) for name in AccessRow.__slots__})
            await self.tell(self, row)
        except DBAPIError as fault:
            raise Unavailable("access log") from fault


_LOG = insert(access_log)


async def tell_on_topic(tx: Transaction, row: AccessRow) -> None:
    """Tells mapping of the read, so that the family can see it; for a protected child without the organisation."""
    event = AccessLogged(
        row_id=row.id,
        child_id=row.child_id,
        service=tx.service,
        reader_kind=row.reader_kind,
        reader_id=row.reader_id,
        organisation=None if row.protected else row.organisation,
        purpose=row.purpose,
        what=row.what,
        occurred_at=row.at,
        denied=row.denied,
        protected=row.protected,
    )
    await tx.emit(event, version=1)


class Database:
    """A service's own database, entered as one caller at a time."""

    def __init__(
        self,
        url: str,
        *,
        service: str,
        sealer: Sealer,
        pool_size: int = 8,
        clock: Clock | None = None,
        tell: Callable[[Transaction, AccessRow], Awaitable[None]] = tell_on_topic,
    ) -> None:
        self.service, self.clock, self._sealer, self._tell = service, clock or SystemClock(), sealer, tell
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=_POOL_TIMEOUT_SECONDS,
            pool_pre_ping=False,
            connect_args={"timeout": _CONNECT_TIMEOUT_SECONDS, "command_timeout": _COMMAND_TIMEOUT_SECONDS},
            hide_parameters=True,
        )

    @asynccontextmanager
    async def begin(self, principal: Principal) -> AsyncIterator[Transaction]:
        """A transaction as this caller; commits when the block ends, rolls back when it raises. Raises Unavailable while the database is away,
        and OutcomeUnknown where it went away during the commit."""
        try:
            connection = await self._connected(principal)
        except (OSError, DBAPIError, PoolTimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as fault:
            raise Unavailable("database") from fault
        committing = False
        try:
            yield Transaction(connection, principal, self.clock.now(), self.service, self._sealer, self._tell)
            committing = True
            await connection.commit()
        except BaseException as fault:
            await _abandon(connection)
            if _is_lost(fault):
                raise (OutcomeUnknown if committing else Unavailable)("database") from fault
            raise
        await connection.close()

    async def _connected(self, principal: Principal) -> AsyncConnection:
        """A connection inside a transaction that knows its caller. A pooled connection that the server has closed is replaced once."""
        parameters = {
            "kind": principal.kind.value,
            "subjects": ",".join(map(str, principal.subjects)),
            "org": principal.org or "",
            "service": principal.service or "",
            "principal": principal.id,
        }
        for attempt in (1, 2):
            connection = await self.engine.connect()
            try:
                await connection.execute(_SET_CALLER, parameters)
            except BaseException as fault:
                await _abandon(connection)
                if attempt == 1 and _is_lost(fault):
                    await self.engine.dispose()
                    continue
                raise
            return connection
        raise AssertionError("unreachable")

    async def answers(self) -> bool:
        """Whether the database answers now."""
        try:
            async with self.begin(worker(self.service)):
                return True
        except Unavailable:
            return False

    async def close(self) -> None:
        """Closes every connection."""
        await self.engine.dispose()


def _is_lost(fault: BaseException) -> bool:
    """Whether the fault says that the server, or the way to it, is gone."""
    driver = getattr(fault, "orig", fault)
    if isinstance(fault, _LOST) or isinstance(driver.__cause__, _LOST):
        return True
    state = str(getattr(driver, "sqlstate", None) or "")
    return state.startswith(_LOST_STATES) or (isinstance(fault, DBAPIError) and fault.connection_invalidated)


async def _abandon(connection: AsyncConnection) -> None:
    """Rolls back and gives the connection up; a connection that is gone has nothing left to roll back."""
    try:
        await connection.rollback()
    except (OSError, DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError):
        await connection.invalidate()
    finally:
        await connection.close()
