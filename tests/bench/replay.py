"""The same statements: what the product sends to the database is listened to once, and sent again by raw asyncpg with fresh ids.

A recording keeps the product's transactions apart and its statements in their order, `set_config` and the access log's row included. For each replay
the ids that the product drew (events, log rows, keys) become new ones, and those that name the case become another's; everything else stays
byte for byte. The parameters are made before the clock starts.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.ids import new_id
from tests.support.postgres import Clone

Statement = tuple[str, tuple[Any, ...]]
Transactions = list[list[Statement]]
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Raw = list[Connection]


@contextmanager
def listening(engine: AsyncEngine) -> Iterator[Transactions]:
    """The transactions that the engine commits while the block runs, each a list of statements with their parameters."""
    heard: Transactions = []
    target = engine.sync_engine

    def begun(_: Any) -> None:
        heard.append([])

    def executed(_: Any, __: Any, sql: str, parameters: Any, ___: Any, many: bool) -> None:
        if many:
            raise NotImplementedError("an executemany is not replayed")
        heard[-1].append((sql, tuple(parameters)))

    event.listen(target, "begin", begun)
    event.listen(target, "before_cursor_execute", executed)
    try:
        yield heard
    finally:
        event.remove(target, "begin", begun)
        event.remove(target, "before_cursor_execute", executed)


def count(recording: Transactions) -> int:
    """How many statements it holds, BEGIN and COMMIT apart."""
    return sum(len(each) for each in recording)


class Rewriter:
    """Makes copies of a recording. `fixed`: ids that stay, because the row they name is there already."""

    def __init__(self, recording: Transactions, *, fixed: Sequence[UUID] = ()) -> None:
        self._recording, self._fixed = recording, {str(each) for each in fixed}

    def copy(self, changes: Mapping[UUID, UUID] | None = None) -> Transactions:
        """The recording with these ids changed, and every id that is neither changed nor fixed drawn anew."""
        known = {str(old): str(new) for old, new in (changes or {}).items()}
        known |= {same: same for same in self._fixed}
        for value in _ids(self._recording):
            known.setdefault(value, str(new_id()))
        moved = {old: new for old, new in known.items() if old != new}
        return [
            [(sql, tuple(_rewritten(value, moved) for value in values)) for sql, values in transaction]
            for transaction in self._recording
        ]


def _ids(recording: Transactions) -> list[str]:
    return [str(value) for statements in recording for _, values in statements for value in values if _is_id(value)]


def _is_id(value: Any) -> bool:
    return isinstance(value, UUID)


def _rewritten(value: Any, moved: Mapping[str, str]) -> Any:
    if _is_id(value):
        return UUID(moved.get(str(value), str(value)))
    if isinstance(value, list):
        return [_rewritten(each, moved) for each in value]
    if not isinstance(value, str):
        return value
    for old, new in moved.items():
        if old in value:
            value = value.replace(old, new)
    return value


async def run(connection: Connection, transactions: Transactions) -> None:
    """Sends the statements as they stand, each transaction with its BEGIN and COMMIT."""
    for statements in transactions:
        async with connection.transaction():
            for sql, values in statements:
                await connection.fetch(sql, *values)


async def run_all(connections: Sequence[Connection], all_of: Iterator[Transactions]) -> float:
    """Sends every copy once, as many at a time as there are connections. Returns the seconds it took."""
    began = time.perf_counter()

    async def work(connection: Connection) -> None:
        for each in all_of:
            await run(connection, each)

    await asyncio.gather(*(work(connection) for connection in connections))
    return time.perf_counter() - began


@asynccontextmanager
async def connections(clone: Clone, size: int) -> AsyncIterator[Raw]:
    """So many connections as the service's role."""
    url = clone.url.replace("+asyncpg", "", 1)
    opened = [await asyncpg.connect(url) for _ in range(size)]
    try:
        yield opened
    finally:
        for connection in opened:
            await connection.close()
