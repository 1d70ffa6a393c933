"""What a listener states: which event, what to fetch first, what to do, and what a gap means to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.db.transaction import Transaction
from shared.events.envelope import Event
from shared.events.mapping import PersonErased


class Gaps(StrEnum):
    """A version is missing. PARK: a projection waits for it, key by key. APPLY: a by-reference reader takes any newer version."""

    PARK = "park"
    APPLY = "apply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One listener. `prepare(event, clients)` fetches before the transaction; `on(tx, event, prepared)` changes this service's rows;
    `gone(tx, event)` deletes them when `prepare` finds that the subject is no more; `reset(tx, key)` deletes the projection of a key
    (None: all) before a replay. `topic` where it isn't the event's own (access logs)."""

    event: type[Event]
    on: Callable[[Transaction, Any, Any], Awaitable[None]]
    prepare: Callable[[Any, Any], Awaitable[Any]] | None = None
    gone: Callable[[Transaction, Any], Awaitable[None]] | None = None
    reset: Callable[[Transaction, UUID | None], Awaitable[None]]
    gaps: Gaps
    topic: str = ""

    def __post_init__(self) -> None:
        if self.prepare and self.gaps is Gaps.PARK and not self.event.single:
            raise ValueError("what is fetched by reference is always the newest: its listener applies over gaps")

    @property
    def topic_name(self) -> str:
        """The topic listened to."""
        return self.topic or self.event.topic


def forgetting(erase_person: Callable[[Transaction, UUID], Awaitable[None]]) -> Subscription:
    """The listener by which a service forgets whoever is erased, for good, with its own feature."""

    async def on_person_erased(tx: Transaction, event: PersonErased, prepared: None) -> None:
        await erase_person(tx, event.person_id)

    async def reset_erasure(tx: Transaction, key: UUID | None) -> None:
        """Before a replay: nothing. An erasure is never taken back."""

    return Subscription(event=PersonErased, on=on_person_erased, reset=reset_erasure, gaps=Gaps.APPLY)


def topics_of(subscriptions: tuple[Subscription, ...]) -> list[str]:
    """Each topic once."""
    return sorted({s.topic_name for s in subscriptions})
