"""What was committed is on its topic, in order; what is on a topic was committed; what was told was heard."""

from collections import defaultdict
from collections.abc import Iterable

from tests.faults.history import History
from tests.faults.report import Check
from tests.faults.seen import Row, Seen, Told

SERVICES = ("mapping", "rights", "applications", "status", "gateway")
LISTENERS = {
    "rights": ("somlos.mapping.profile.v1",),
    "mapping": ("somlos.rights.access-log.v1", "somlos.applications.access-log.v1", "somlos.status.access-log.v1"),
    "status": ("somlos.applications.application.v1",),
    "applications": ("somlos.status.complaint.v1",),
    "gateway": ("somlos.applications.application.v1", "somlos.status.complaint.v1", "somlos.gateway.delivery.v1"),
}


def committed_versions(_: History, seen: Seen) -> Iterable[str | None]:
    """In the outbox an aggregate's versions run from 1 without a gap."""
    for service in SERVICES:
        versions: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        for row in seen.rows[f"{service}.outbox"]:
            versions[(row["topic"], row["aggregate_id"], row["epoch"])].append(row["version"])
        for (topic, aggregate, epoch), found in versions.items():
            whole = sorted(found) == list(range(1, len(found) + 1)) or epoch > 1
            yield None if whole else f"{topic} {aggregate}: the committed versions are {sorted(found)}"


def sent(_: History, seen: Seen) -> Iterable[str | None]:
    """Every outbox row is marked sent and stands on its topic as it was committed."""
    told = {(each.topic, each.event_id): each for each in seen.first_told()}
    for row in _outboxes(seen):
        place = f"{row['topic']} {row['aggregate_id']} version {row['version']}"
        found = told.get((row["topic"], row["event_id"]))
        if row["sent_at"] is None:
            yield f"{place} is still unsent"
        elif found is None:
            yield f"{place} is lost: committed, marked as sent, not on the topic"
        else:
            same = (found.subject, found.version, found.type) == (row["aggregate_id"], row["version"], row["type"])
            yield None if same else f"{place} is on the topic as {found.type} version {found.version}"


def nothing_else(_: History, seen: Seen) -> Iterable[str | None]:
    """Nothing stands on a topic that was not committed, and an event sent twice says the same twice."""
    committed = {(row["topic"], row["event_id"]) for row in _outboxes(seen)}
    first = {(each.topic, each.event_id): each for each in seen.first_told()}
    for each in seen.told:
        place = (each.topic, each.event_id)
        if place not in committed:
            yield f"{each.topic} holds {each.event_id} ({each.type}), which was never committed"
        else:
            yield None if each.data == first[place].data else f"{each.topic}: {each.event_id} says two things"


def order(_: History, seen: Seen) -> Iterable[str | None]:
    """On the topic an aggregate's versions first come in order: no gap, no step back, no version under two ids."""
    last: dict[tuple[str, str], tuple[int, int]] = {}
    homes: dict[tuple[str, str], int] = {}
    for each in seen.first_told():
        place = (each.topic, each.subject)
        epoch, version = last.get(place, (each.epoch, 0))
        follows = each.epoch > epoch or (each.epoch == epoch and each.version == version + 1)
        stays = homes.setdefault((each.topic, each.key), each.partition) == each.partition
        if not follows:
            word = "a step back" if (each.epoch, each.version) <= (epoch, version) else "a gap"
            yield f"{each.topic} {each.subject}: {word}, version {each.version} after {version}"
        else:
            yield None if stays else f"{each.topic}: key {each.key} is on two partitions"
        last[place] = max((epoch, version), (each.epoch, each.version))


def heard(_: History, seen: Seen) -> Iterable[str | None]:
    """Every event is in the inbox of each who listens: nothing skipped."""
    for service, topics in LISTENERS.items():
        known = {row["event_id"] for row in seen.rows[f"{service}.inbox"]}
        for each in seen.first_told():
            if each.topic in topics:
                yield (
                    None
                    if each.event_id in known
                    else f"{service} never took in {each.topic} {each.subject} version {each.version}"
                )


def nothing_parked(_: History, seen: Seen) -> Iterable[str | None]:
    """Nothing is still set aside."""
    for service in SERVICES:
        parked = seen.rows[f"{service}.parked_event"]
        yield (
            f"{service} has {len(parked)} events set aside ({parked[0]['cause']}: {parked[0]['reason']})"
            if parked
            else None
        )


def far_enough(_: History, seen: Seen) -> Iterable[str | None]:
    """Each listener stands at the newest version of every aggregate."""
    newest: dict[tuple[str, str], Told] = {}
    for each in seen.first_told():
        newest[(each.topic, each.subject)] = max(
            each, newest.get((each.topic, each.subject), each), key=lambda e: (e.epoch, e.version)
        )
    for service, topics in LISTENERS.items():
        at = {(row["topic"], row["aggregate_id"]): row["sequence"] for row in seen.rows[f"{service}.inbox_sequence"]}
        for place, each in newest.items():
            if each.topic in topics and place in at:
                wanted = f"{each.epoch:04d}.{each.version:012d}"
                yield None if at[place] == wanted else f"{service} stands at {at[place]} of {place}, not at {wanted}"


def _outboxes(seen: Seen) -> list[Row]:
    return [row for service in SERVICES for row in seen.rows[f"{service}.outbox"]]


CHECKS: dict[str, Check] = {
    "aggregates committed without a gap": committed_versions,
    "outbox rows on their topic": sent,
    "records that were committed": nothing_else,
    "events in their aggregate's order": order,
    "events taken in by each listener": heard,
    "services with nothing set aside": nothing_parked,
    "aggregates followed to their newest": far_enough,
}
