"""The rounds of `make faults` that need no second cluster: each harms in its own way, under load."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from tests.faults.field import Field
from tests.faults.poison import poison
from tests.faults.rebuilt import rebuilt

Round = Callable[[Field], Awaitable[None]]


async def services(field: Field) -> None:
    """`kill -9` of the gateway, every service and every worker (relay and consumer), one after the other, at seeded moments."""
    async with field.under_load():
        await field.harm.kill_each()


async def pairs(field: Field) -> None:
    """Two parts at once, three times."""
    async with field.under_load():
        for _ in range(3):
            first, second = field.harm.chance.sample(field.harm.killable(), 2)
            await asyncio.gather(field.harm.kill(first), field.harm.kill(second))


async def deployments(field: Field) -> None:
    """SIGTERM to each part in turn, as a deployment does."""
    async with field.under_load():
        for part in field.harm.killable():
            await field.cluster.back(part, field.cluster.signal(part, signal.SIGTERM))


async def database(field: Field) -> None:
    """PostgreSQL is killed: three times with room to breathe, and three times within moments."""
    async with field.under_load():
        for _ in range(3):
            await field.harm.kill("postgres")
        for _ in range(3):
            old = field.cluster.signal("postgres")
            await field.cluster.replaced("postgres", old)
        await field.cluster.back("postgres", old)


async def connections(field: Field) -> None:
    """Commits end in the dark, and all connections to the database break off now and then."""
    async with field.under_load():
        field.cluster.proxy.decide = field.harm.cut
        await field.harm.drop_connections(10.0)
    field.say(f"  {field.cluster.proxy.cuts} commits cut so far")


ROUNDS: dict[str, Round] = {
    "services": services,
    "pairs": pairs,
    "deployments": deployments,
    "database": database,
    "connections": connections,
    "poison": poison,
    "rebuilt": rebuilt,
}
