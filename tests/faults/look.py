"""Waits until a harmed cluster has caught up, and looks at all of it."""

from collections.abc import Sequence
from contextlib import suppress

from tests.faults.apart import Apart
from tests.faults.checks_of_events import LISTENERS
from tests.faults.history import History, Kind
from tests.faults.load import APPLICATIONS, FACT, Family
from tests.faults.seen import TABLES, Seen, read_tables, read_topics
from tests.support.until import until

CAUGHT_UP_WITHIN_S = 60.0
_UNSENT = "select count(*) as waiting from {service}.outbox where sent_at is null"


async def look_at(cluster: Apart, history: History, families: Sequence[Family]) -> Seen:
    """Everything, once nothing is on its way any more."""
    seen = Seen(said={}, shown={})
    for family in families:
        seen.said[family.child] = await _said(family)
    by_child = {family.child: family for family in families}
    for deed in history.acknowledged(Kind.SUBMIT):
        answer = await by_child[deed.child].guardian.read(f"{APPLICATIONS}/{deed.target}")
        seen.shown[deed.target] = answer.json()["status"]
    with suppress(AssertionError):  # what is still on its way after so long is lost: the checker says what it is
        await until(lambda: _quiet(cluster), CAUGHT_UP_WITHIN_S)
    seen.rows = await read_tables(cluster.admin_address("{database}"))
    seen.told = await read_topics(cluster.kafka_admin())
    return seen


async def _said(family: Family) -> list[int]:
    """The numbers that the child's history holds, oldest first."""
    path, cursor, found = f"/mapping/v1/children/{family.child}/profile/history?fact={FACT}&limit=100", None, []
    while True:
        page = (await family.guardian.read(f"{path}&cursor={cursor}" if cursor else path)).json()
        found += [item["value"] for item in page["items"] if item["value"] is not None]
        cursor = page["next"]
        if cursor is None:
            return found[::-1]


async def _quiet(cluster: Apart) -> bool:
    """Every event is sent, heard and followed by what it set off."""
    for service in TABLES:
        if (await cluster.rows(service, _UNSENT.format(service=service)))[0]["waiting"]:
            return False
    return await _heard(cluster)


async def _heard(cluster: Apart) -> bool:
    sent: dict[str, set[str]] = {}
    for service in TABLES:
        for row in await cluster.rows(service, f"select topic, event_id from {service}.outbox"):
            sent.setdefault(row["topic"], set()).add(row["event_id"])
    for service, topics in LISTENERS.items():
        known = {row["event_id"] for row in await cluster.rows(service, f"select event_id from {service}.inbox")}
        if any(sent.get(topic, set()) - known for topic in topics):
            return False
    return True
