"""The status service with events delivered to it, and a mother who looks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from services.status.events.applications import SUBSCRIPTIONS
from shared.auth.principals import Principal
from shared.events.envelope import Event
from tests.services.status.events.test_applications import CHILD
from tests.support.callers import citizen
from tests.support.deliveries import at_once, consumer, deliver, record
from tests.support.running import Service


@dataclass
class World:
    """One service and one caller."""

    service: Service
    mother: Principal

    async def tell(self, *events: Event) -> None:
        """Delivers the events, each at the version it carries."""
        records = [record(event, event.version) for event in events]  # type: ignore[attr-defined]
        await deliver(consumer(self.service.app.state.database, SUBSCRIPTIONS), at_once(records))

    async def overview(self, caller: Principal | None = None, *, query: str = "", **request: Any) -> httpx.Response:
        """The child's overview."""
        return await self.service.get(f"/status/v1/children/{CHILD}/overview{query}", caller or self.mother, **request)

    async def case(self, case_id: UUID, caller: Principal | None = None) -> httpx.Response:
        """One case."""
        return await self.service.get(f"/status/v1/cases/{case_id}", caller or self.mother)


async def open_world(start: Callable[..., Awaitable[Service]]) -> World:
    """A service of its own."""
    return World(await start("status"), citizen(children=[CHILD]))
