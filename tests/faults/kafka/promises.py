"""What must hold of a run: everything acknowledged is on the topic, each key in its order, and had its effect once, in that order."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

Told = tuple[UUID, int, UUID]
"""(aggregate, version, event id) of a row or a record."""


def in_order_of_first_sight(told: Iterable[Told]) -> dict[UUID, list[tuple[int, UUID]]]:
    """Each aggregate's events; what comes again with the same id is thrown away, as receivers do."""
    found: dict[UUID, dict[tuple[int, UUID], None]] = {}
    for aggregate, version, event_id in told:
        found.setdefault(aggregate, {})[(version, event_id)] = None
    return {aggregate: list(events) for aggregate, events in found.items()}


def came_again(told: Sequence[Told]) -> int:
    """How many records repeat an earlier one."""
    return len(told) - len(set(told))


def broken(
    acknowledged: Mapping[UUID, int],
    stored: Sequence[Told],
    on_topic: Sequence[Told],
    effects: Mapping[UUID, list[int]],
) -> list[str]:
    """A sentence for each promise that does not hold; of the topic only what the outbox tells of is looked at."""
    sent, arrived = in_order_of_first_sight(stored), in_order_of_first_sight(on_topic)
    found = []
    for aggregate, last in acknowledged.items():
        wanted = list(range(1, last + 1))
        if [version for version, _ in sent.get(aggregate, [])] != wanted:
            found.append(f"{aggregate}: acknowledged up to {last}, but the outbox has {sent.get(aggregate)}")
        if arrived.get(aggregate) != sent.get(aggregate):
            found.append(f"{aggregate}: the outbox has {sent.get(aggregate)}, the topic {arrived.get(aggregate)}")
        if effects.get(aggregate) != wanted:
            found.append(f"{aggregate}: up to {last}, with the effects {effects.get(aggregate)}")
    return found + [
        f"{aggregate}: nobody was told that it was written" for aggregate in sent if aggregate not in acknowledged
    ]
