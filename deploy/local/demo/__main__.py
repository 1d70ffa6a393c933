"""`make demo`: tells the story against the running cluster, or against one that it starts and stops itself."""

import asyncio
import sys

import httpx

from deploy.local import down, up
from deploy.local.demo import first_half, second_half
from deploy.local.demo.narrator import Narrator, StoryBroken
from deploy.local.demo.world import World
from deploy.local.layout import HOST, Layout, layout, port
from deploy.local.login import LoginFailed
from deploy.local.process import StartFailed
from deploy.local.record import Lock


def world_of(where: Layout, narrator: Narrator) -> World:
    """The addresses of the cluster in that folder."""
    gateway, issuer = (f"http://localhost:{port(part)}" for part in ("gateway", "issuer"))
    return World(
        bootstrap=f"{HOST}:{port('kafka')}",
        kafka_passwords=where.secrets / "kafka",
        gateway=gateway,
        issuer=issuer,
        clients=where.state / "clients",
        traces=where.state / "traces",
        narrator=narrator,
    )


async def tell(world: World) -> None:
    """The whole story."""
    family = await first_half.tell(world)
    await second_half.tell(world, family)


def main() -> int:
    """0 when every step did what it promised."""
    where, narrator = layout(), Narrator()
    started = Lock(where).holder() is None
    try:
        if started:
            up.up(where, detach=True)
        asyncio.run(tell(world_of(where, narrator)))
        narrator.chapter("The story holds")
        return 0
    except (StoryBroken, LoginFailed, StartFailed, httpx.HTTPError) as fault:
        sys.stderr.write(f"\nThe story breaks here: {fault}\n")
        return 1
    finally:
        if started:
            down.down(where)


if __name__ == "__main__":
    sys.exit(main())
