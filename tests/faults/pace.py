"""The pace of harm and of load, which a seed chooses: the only pause in the fault tests. What is waited for is waited for by `until`."""

import asyncio


async def pause(seconds: float) -> None:
    """Nothing happens for so long."""
    await asyncio.sleep(seconds)
