"""Starts the parts in order, starts again what falls, gives up with a reason, and leaves nothing behind."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local import process
from deploy.local.falls import Falls
from deploy.local.process import Command, StartFailed

_READY_WITHIN_S = 90.0
_ASK_AGAIN_S = 0.2
_SERVICES_GRACE_S = 3.5
_STORES_GRACE_S = 5.0


async def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the cluster."""

    name: str
    command: Callable[[], Command]
    log: Path
    ready: Callable[[], Awaitable[None]] = _nothing
    """Returns when the part can be used."""
    prepare: Callable[[], Awaitable[None]] = _nothing
    needs: tuple[str, ...] = ()
    """Parts that must be ready before this one starts."""
    follows: tuple[str, ...] = ()
    """Parts that must have been started before this one starts."""
    port: int | None = None
    is_job: bool = False
    """Runs to its end once; ready then."""
    is_store: bool = False
    """Stopped after everything that uses it."""
    passing: tuple[str, ...] = ()
    """Last words of a death that will pass (a full disk): it is started again for ten minutes before anyone gives up."""


class Supervisor:
    """Keeps the parts running until it is asked to stop or one of them cannot be kept running."""

    def __init__(
        self, parts: Sequence[Part], report: Callable[[str], None], changed: Callable[[], None] = lambda: None
    ) -> None:
        self.parts = parts
        self.running: dict[str, asyncio.subprocess.Process] = {}
        self._report = report
        self._changed = changed
        self._started = {part.name: asyncio.Event() for part in parts}
        self._ready = {part.name: asyncio.Event() for part in parts}
        self._serving: set[str] = set()
        self._stop = asyncio.Event()
        self._failure: asyncio.Queue[BaseException] = asyncio.Queue()
        self._keepers: list[asyncio.Task[None]] = []

    def request_stop(self) -> None:
        """Ask for an orderly end; a second time: an end at once."""
        if self._stop.is_set():
            for child in self.running.values():
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
        self._stop.set()

    async def run(self, when_ready: Callable[[], Awaitable[None]]) -> None:
        """Run until asked to stop; raises `StartFailed` when a part cannot be kept running. Everything is stopped at the end."""
        self._keepers = [asyncio.create_task(self._guard(part), name=part.name) for part in self.parts]
        try:
            if await self._until_stop_or(self._all_ready()):
                await self._until_stop_or(when_ready())
                await self._until_stop_or(asyncio.Event().wait())
        finally:
            await self._end()

    async def _until_stop_or(self, other: Awaitable[object]) -> bool:
        """True when `other` came first; False when we are to stop; raises what a part failed with."""
        stop = asyncio.create_task(self._stop.wait())
        failure = asyncio.create_task(self._failure.get())
        awaited = asyncio.ensure_future(other)
        try:
            await asyncio.wait({stop, failure, awaited}, return_when=asyncio.FIRST_COMPLETED)
            if failure.done():
                raise failure.result()
            if awaited.done():
                awaited.result()
            return not stop.done()
        finally:
            for task in (stop, failure, awaited):
                task.cancel()

    async def _all_ready(self) -> None:
        for event in self._ready.values():
            await event.wait()

    async def _guard(self, part: Part) -> None:
        try:
            await self._keep(part)
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # whatever it is, the supervisor must hear of it and stop the rest
            await self._failure.put(error)

    async def _keep(self, part: Part) -> None:
        await self._turn(part)
        falls = Falls(part.name, part.log, part.passing, part.is_job)
        while True:
            await part.prepare()
            falls.begin()
            code = await self._once(part)
            if part.is_job and code == 0:
                self._ready[part.name].set()
                return
            pause_s, why = falls.after(code, served=part.name in self._serving)
            self._report(f"{part.name} ended ({why}): starting it again in {pause_s:.1f} s. Its log: {part.log}")
            await asyncio.sleep(pause_s)

    async def _turn(self, part: Part) -> None:
        """Wait for the parts that come first; one that is left out is not waited for."""
        for other in part.follows:
            if other in self._started:
                await self._started[other].wait()
        for other in part.needs:
            if other in self._ready:
                await self._ready[other].wait()

    async def _once(self, part: Part) -> int:
        self._serving.discard(part.name)
        child = await process.spawn(part.command(), part.log)
        self.running[part.name] = child
        self._started[part.name].set()
        self._changed()
        waiting = None if part.is_job else asyncio.create_task(self._until_ready(part))
        try:
            return await child.wait()
        finally:
            if waiting is not None:
                waiting.cancel()

    async def _until_ready(self, part: Part) -> None:
        """At the first start it must be ready in time. Later it may fall again meanwhile, and what it needs may be away for long: asked until it is."""
        again = self._ready[part.name].is_set()
        await process.until(lambda: self._is_ready(part, again=again), every_s=_ASK_AGAIN_S)
        self._report(f"{part.name} is ready{' again' if again else ''}")
        self._serving.add(part.name)
        self._ready[part.name].set()

    async def _is_ready(self, part: Part, *, again: bool) -> bool:
        try:
            async with asyncio.timeout(None if again else _READY_WITHIN_S):
                await part.ready()
        except TimeoutError:
            text = f"{part.name} was not ready within {_READY_WITHIN_S:.0f} s. The end of {part.log}:\n{process.tail(part.log)}"
            await self._failure.put(StartFailed(text))
        except Exception as error:  # whatever the question ran into: at the first start the supervisor must hear of it
            if again:
                return False
            await self._failure.put(error)
        else:
            return True
        await asyncio.Event().wait()  # the supervisor ends us
        return False

    async def _end(self) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for stores, grace_s in ((False, _SERVICES_GRACE_S), (True, _STORES_GRACE_S)):
            ending = [
                (part, self.running[part.name])
                for part in self.parts
                if part.is_store is stores and part.name in self.running
            ]
            await asyncio.gather(
                *(process.end(child, part.command().stop_signal, grace_s=grace_s) for part, child in ending)
            )
