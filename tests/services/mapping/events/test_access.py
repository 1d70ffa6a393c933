"""Reads that other services tell of, whatever happens to the events on the way."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.mapping.clients.access_rows import AccessRowAnswer
from services.mapping.events.access import SUBSCRIPTIONS
from shared.auth.principals import worker
from shared.domain import NotFound
from shared.events.access import AccessLogged
from tests.support.clock import START
from tests.support.deliveries import MISHAPS, after, at_once, consumer, deliver, projection, record

NAV = "312480018"


@dataclass
class Rows:
    """Stands in for the other services' logs, at the client."""

    known: dict[UUID, AccessRowAnswer] = field(default_factory=dict)
    asked: list[tuple[str, UUID, UUID]] = field(default_factory=list)

    async def row(self, service, row_id, child):
        self.asked.append((service, row_id, child))
        if row_id not in self.known:
            raise NotFound
        return self.known[row_id]


def logged(child, service="rights", *, at=START, protected=False, organisation=NAV, **more) -> AccessLogged:
    values = {
        "row_id": uuid4(),
        "child_id": child,
        "service": service,
        "reader_kind": "machine",
        "organisation": None if protected else organisation,
        "purpose": "case-handling",
        "what": "rights",
        "occurred_at": at,
        "protected": protected,
    }
    return AccessLogged(**values | more)


def a_day_of_reads():
    child = uuid4()
    reads = [
        logged(child, service, at=START + timedelta(hours=n))
        for n in range(3)
        for service in ("rights", "applications")
    ]
    reads.append(logged(child, reader_kind="citizen", reader_id=uuid4(), organisation=None, purpose="guardian"))
    reads.append(logged(child, denied=True))
    return [record(read) for read in reads]


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_the_log_is_the_same_as_one_rebuilt_from_zero(opened, mishap):
    records = a_day_of_reads()
    rebuilt = await after(opened, "mapping", SUBSCRIPTIONS, at_once(records), clients=Rows())
    mishandled = await after(opened, "mapping", SUBSCRIPTIONS, MISHAPS[mishap](records), clients=Rows())
    assert mishandled == rebuilt
    assert len(rebuilt["access_view"]) == len(records)


async def test_of_a_protected_child_the_row_is_fetched_for_the_organisation(opened):
    child, rows = uuid4(), Rows()
    read = logged(child, protected=True)
    rows.known[read.row_id] = AccessRowAnswer(
        id=read.row_id,
        child_id=child,
        reader_kind="machine",
        reader_id=None,
        organisation=NAV,
        purpose="case-handling",
        what="rights",
        at=START,
        denied=False,
        protected=True,
    )
    database = await opened("mapping")
    await deliver(consumer(database, SUBSCRIPTIONS, rows), [[record(read)]])
    (kept,) = (await projection(database.clone))["access_view"]
    assert kept["reader"] == NAV
    assert rows.asked == [("rights", read.row_id, child)]


async def test_a_read_of_an_open_child_is_not_fetched(opened):
    rows = Rows()
    database = await opened("mapping")
    await deliver(consumer(database, SUBSCRIPTIONS, rows), [[record(logged(uuid4()))]])
    assert rows.asked == []


async def test_a_day_is_a_day_in_oslo(opened):
    database = await opened("mapping")
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    await deliver(consumer(database, SUBSCRIPTIONS, Rows()), [[record(logged(uuid4(), at=late))]])
    (kept,) = (await projection(database.clone))["access_view"]
    assert str(kept["day"]) == "2026-11-25"


async def test_a_reset_takes_what_others_told_and_leaves_our_own(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.profile(family.father, child)
    database = world.mapping.app.state.database
    other = uuid4()
    listening = consumer(database, SUBSCRIPTIONS, Rows())
    await deliver(listening, [[record(logged(child))], [record(logged(other))]])
    async with database.begin(worker("mapping")) as tx:
        await SUBSCRIPTIONS[0].reset(tx, child)
    left = await world.rows("select child_id, service from access_view order by service")
    assert (child, "rights") not in {(row["child_id"], row["service"]) for row in left}
    assert (other, "rights") in {(row["child_id"], row["service"]) for row in left}
    assert (child, "mapping") in {(row["child_id"], row["service"]) for row in left}
    async with database.begin(worker("mapping")) as tx:
        await SUBSCRIPTIONS[0].reset(tx, None)
    assert {row["service"] for row in await world.rows("select service from access_view")} == {"mapping"}
