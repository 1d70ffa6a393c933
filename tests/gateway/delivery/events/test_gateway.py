import asyncio
import json
import random
from contextlib import suppress
from datetime import datetime

import pytest

from gateway.delivery.events.applications import reset_application
from shared.auth.principals import worker
from shared.kafka.inbox import forget
from tests.gateway.delivery.stories import (
    BODO,
    HAMAR,
    NAV,
    RIGHT,
    STATUSES,
    SUBSCRIPTIONS,
    Application,
    Complaint,
    Desk,
    due,
    play,
    pseudonym,
    rows,
    told,
)
from tests.support.clock import START
from tests.support.deliveries import MISHAPS, consumer, deliver, parked, record
from tests.support.until import until

WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
SUBMITTED, CHANGED = "no.somlos.partner.application-submitted.v1", "no.somlos.partner.application-status-changed.v1"
DECIDED = "no.somlos.partner.application-decided.v1"


async def test_a_partner_hears_each_happening_once_numbered_without_gaps(opened):
    database, application = await opened("gateway"), Application(NAV)
    await play(database, [application.records()], Desk())
    heard = await told(database)
    assert [(topic, number, kind) for topic, number, kind, _ in heard] == [
        (f"partner.{NAV}.events.v1", 1, SUBMITTED),
        (f"partner.{NAV}.events.v1", 2, CHANGED),
        (f"partner.{NAV}.events.v1", 3, CHANGED),
        (f"partner.{NAV}.events.v1", 4, CHANGED),
    ]
    assert [json.loads(data)["status"] for *_, data in heard] == ["submitted", *STATUSES]
    assert {row["key"] for row in await rows(database)} == {application.id}


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_a_decided_application_is_told_of_as_decided(opened, mishap):
    database, application = await opened("gateway"), Application(NAV)
    first, received, *_ = application.records()
    life = [first, received, record(application.decided(3), 3)]
    await play(database, [life], Desk(), mishap=MISHAPS[mishap])
    heard = [(number, kind, json.loads(data)["status"]) for _, number, kind, data in await told(database)]
    assert heard == [(1, SUBMITTED, "submitted"), (2, CHANGED, "received"), (3, DECIDED, "decided")]
    assert await parked(database) == []


async def test_the_data_is_ids_a_status_a_time_and_a_reference_and_nothing_else(opened):
    database, application = await opened("gateway"), Application(NAV)
    await play(database, [application.records()[:1]], Desk())
    ((*_, data),) = await told(database)
    assert json.loads(data) == {
        "application_id": str(application.id),
        "right_id": RIGHT,
        "person": pseudonym(NAV, application.child),
        "status": "submitted",
        "occurred_at": START.isoformat().replace("+00:00", "Z"),
        "reference": f"/applications/v1/inbox/{application.id}",
    }
    assert str(application.child) not in data


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_happens_on_the_way_the_partner_hears_the_same(opened, mishap):
    database, application = await opened("gateway"), Application(NAV)
    await play(database, [application.records()], Desk(), mishap=MISHAPS[mishap], later=MISHAPS[mishap])
    heard = [(number, kind, json.loads(data)["status"]) for _, number, kind, data in await told(database)]
    assert heard == [
        (1, SUBMITTED, "submitted"),
        *((number, CHANGED, status) for number, status in enumerate(STATUSES, start=2)),
    ]


@pytest.mark.parametrize("seed", range(4))
async def test_in_any_order_of_hearing_and_telling_each_partner_hears_its_own_in_order(opened, seed):
    chance, database = random.Random(seed), await opened("gateway")
    applications = [Application(NAV), Application(HAMAR), Application(None), Application(BODO)]
    desk = Desk(party_of={applications[2].id: HAMAR})
    hearing = consumer(database, SUBSCRIPTIONS, desk)
    records = [each for application in applications for each in application.records()] * 2
    chance.shuffle(records)
    for one in records:
        await deliver(hearing, [[one]])
        notes = await due(database)
        await deliver(hearing, [[note] for note in chance.sample(notes, k=min(len(notes), chance.randrange(3)))])
    await deliver(hearing, [await due(database)])
    for organisation, party_to in ((NAV, applications[:1]), (HAMAR, applications[1:3]), (BODO, [])):
        heard = [(json.loads(data), number) for _, number, _, data in await told(database, organisation)]
        assert len(heard) == 4 * len(party_to)
        for application in party_to:
            own = [(data["status"], number) for data, number in heard if data["application_id"] == str(application.id)]
            assert own == [(status, number) for number, status in enumerate(("submitted", *STATUSES), start=1)]
    assert await parked(database) == []


async def test_only_the_party_is_told(opened):
    database, to_nav, to_hamar = await opened("gateway"), Application(NAV), Application(HAMAR)
    await play(database, [to_nav.records(), to_hamar.records()], Desk())
    for organisation, application in ((NAV, to_nav), (HAMAR, to_hamar)):
        heard = await told(database, organisation)
        assert {json.loads(data)["application_id"] for *_, data in heard} == {str(application.id)}


async def test_two_partners_know_the_same_child_by_different_names(opened):
    database, to_nav = await opened("gateway"), Application(NAV)
    to_hamar = Application(HAMAR, child=to_nav.child)
    await play(database, [to_nav.records(), to_hamar.records()], Desk())
    names = {json.loads(data)["person"] for *_, data in await told(database)}
    assert names == {pseudonym(NAV, to_nav.child), pseudonym(HAMAR, to_nav.child)}


async def test_an_organisation_that_is_no_partner_is_told_nothing_and_nothing_stays_due(opened):
    database, application, desk = await opened("gateway"), Application(BODO), Desk()
    await play(database, [application.records()], desk)
    assert await told(database) == []
    assert desk.asked == []
    assert await database.clone.rows("select 1 from notice where settled_at is null") == []


async def test_a_protected_childs_party_is_asked_for_and_kept_nowhere_but_on_its_own_topic(opened, capfd):
    database, application = await opened("gateway"), Application(None)
    await play(database, [application.records()], Desk(party_of={application.id: HAMAR}))
    assert [number for _, number, *_ in await told(database, HAMAR)] == [1, 2, 3, 4]
    shared = [row for row in await rows(database) if not row["topic"].startswith("partner.")]
    assert HAMAR not in repr(shared)
    assert HAMAR not in repr([data for *_, data in await told(database)]).replace(
        pseudonym(HAMAR, application.child), ""
    )
    assert await database.clone.rows("select organisation from party where organisation is not null") == []
    assert HAMAR not in "".join(capfd.readouterr())


async def test_while_mapping_is_away_the_partner_waits_and_then_misses_nothing(opened):
    database, application, desk = await opened("gateway"), Application(NAV), Desk(away={"mapping"})
    hearing = consumer(database, SUBSCRIPTIONS, desk)
    await deliver(hearing, [application.records()])
    waiting = asyncio.create_task(deliver(hearing, [await due(database)]))
    await until(lambda: desk.refused)
    assert not waiting.done()
    assert await told(database) == []
    desk.away.clear()
    await waiting
    assert [number for _, number, *_ in await told(database)] == [1, 2, 3, 4]
    assert await parked(database) == []


async def test_a_child_that_is_gone_is_told_of_no_more(opened):
    database, application, desk = await opened("gateway"), Application(NAV), Desk()
    first, *rest = application.records()
    await play(database, [[first]], desk)
    desk.gone.add(application.child)
    await play(database, [rest], desk)
    assert [number for _, number, *_ in await told(database)] == [1]
    assert await database.clone.rows("select * from party") == []
    assert await database.clone.rows("select * from notice where settled_at is null") == []


async def test_when_telling_fails_halfway_nothing_is_told_and_then_all_is(opened):
    database, application = await opened("gateway"), Application(NAV)
    desk = Desk()
    hearing = consumer(database, SUBSCRIPTIONS, desk)
    await deliver(hearing, [application.records()])
    (note, *_), found = await due(database), None
    with suppress(ZeroDivisionError):
        async with database.begin(worker("gateway")) as tx:
            item = hearing.reader.read(note)
            found = await SUBSCRIPTIONS[-1].prepare(item.event, desk)
            await SUBSCRIPTIONS[-1].on(tx, item.event, found)
            raise ZeroDivisionError
    assert found is not None
    assert await told(database) == []
    await deliver(hearing, [[note]])
    assert [number for _, number, *_ in await told(database)] == [1, 2, 3, 4]


async def test_two_workers_that_tell_at_once_tell_each_happening_once(opened):
    database, application, desk = await opened("gateway"), Application(NAV), Desk()
    hearing = consumer(database, SUBSCRIPTIONS, desk)
    await deliver(hearing, [application.records()])
    first, second, *_ = await due(database)
    async with database.begin(worker("gateway")) as tx:
        event = hearing.reader.read(first).event
        await SUBSCRIPTIONS[-1].on(tx, event, await SUBSCRIPTIONS[-1].prepare(event, desk))
        other = asyncio.create_task(deliver(consumer(database, SUBSCRIPTIONS, desk), [[second]]))
        await until(lambda: database.clone.rows(WAITING))
    await other
    assert [number for _, number, *_ in await told(database)] == [1, 2, 3, 4]


async def test_a_replay_tells_what_was_missed_and_nothing_twice(opened):
    database, application, desk = await opened("gateway"), Application(NAV), Desk()
    life = application.records()
    await play(database, [life[:2]], desk)
    before = await told(database)
    async with database.begin(worker("gateway")) as tx:
        await forget(tx, "gateway", application.id)
        await reset_application(tx, application.id)
    await play(database, [life], desk)
    heard = await told(database)
    assert heard[:2] == before
    assert [number for _, number, *_ in heard] == [1, 2, 3, 4]
    assert [datetime.fromisoformat(json.loads(data)["occurred_at"]) for *_, data in heard] == sorted(
        datetime.fromisoformat(json.loads(data)["occurred_at"]) for *_, data in heard
    )


async def test_told_again_from_nothing_each_happening_has_the_id_it_had(opened):
    """The gateway's database was set back to before it told anyone: a partner that keeps ids sees nothing new."""
    application, complaint = Application(NAV), Complaint(HAMAR, NAV)
    batches = [application.records(), complaint.records()]
    first, second = await opened("gateway"), await opened("gateway")
    ids = []
    for database in (first, second):
        await play(database, batches, Desk())
        ids.append(
            [(row["topic"], row["event_id"]) for row in await rows(database) if row["topic"].startswith("partner.")]
        )
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0]) > len(batches[0]) + len(batches[1])
