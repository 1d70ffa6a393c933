import asyncio
import json
import random

import pytest

from gateway.delivery.domain.complaint import Holders
from gateway.delivery.events.status import SUBSCRIPTIONS as FROM_STATUS
from gateway.delivery.events.status import reset_complaint
from shared.auth.principals import worker
from shared.kafka.inbox import forget
from tests.gateway.delivery.stories import (
    BODO,
    CHANGED,
    DECIDED,
    HAMAR,
    NAV,
    RIGHT,
    SUBSCRIPTIONS,
    TAKEN_BACK,
    TAKEN_BACK_EARLY,
    Complaint,
    Desk,
    due,
    play,
    pseudonym,
    rows,
    told,
)
from tests.support.deliveries import MISHAPS, after, consumer, deliver, in_order, parked, projection
from tests.support.until import until

TYPE = "no.somlos.partner.complaint-changed.v1"
WHOLE = ["filed", "received", "reassessed", "forwarded", "decided"]


async def heard(database, organisation):
    """(number, status) of what the organisation was told."""
    return [(number, json.loads(data)["status"]) for _, number, _, data in await told(database, organisation)]


def numbered(statuses):
    return list(enumerate(statuses, start=1))


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_happens_on_the_way_the_notes_equal_a_rebuild_from_nothing(opened, mishap):
    lives = [Complaint().records(), Complaint(None).records(TAKEN_BACK)]
    expected = await after(opened, "gateway", FROM_STATUS, in_order([*lives[0], *lives[1]]), ignoring=["id"])
    batches = [batch for life in lives for batch in MISHAPS[mishap](life)]
    assert await after(opened, "gateway", FROM_STATUS, batches, ignoring=["id"]) == expected
    assert [len(expected[table]) for table in ("complaint", "complaint_notice", "stream")] == [2, 10, 0]


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_the_authority_hears_from_the_filing_and_the_appeal_body_from_the_forwarding(opened, mishap):
    database, complaint = await opened("gateway"), Complaint()
    await play(database, [complaint.records()], Desk(), mishap=MISHAPS[mishap], later=MISHAPS[mishap])
    assert await heard(database, HAMAR) == numbered(WHOLE)
    assert await heard(database, NAV) == numbered(["forwarded", "decided"])
    assert {
        (kind, row["aggregate_id"], row["key"])
        for row in await rows(database)
        for kind in [row["type"]]
        if row["topic"].startswith("partner.")
    } == {(TYPE, complaint.id, complaint.id)}
    assert await parked(database) == []
    assert await database.clone.rows("select 1 from complaint_notice where settled_at is null") == []


@pytest.mark.parametrize(
    ("life", "authority", "appeal"),
    [
        (CHANGED, ["filed", "received", "closed"], []),
        (TAKEN_BACK, [*WHOLE[:4], "withdrawn"], ["forwarded", "withdrawn"]),
        (TAKEN_BACK_EARLY, ["filed", "received", "withdrawn"], []),
    ],
)
@pytest.mark.parametrize("protected", [False, True])
async def test_the_appeal_body_hears_of_nothing_that_never_came_to_it(opened, life, authority, appeal, protected):
    database, complaint = await opened("gateway"), Complaint(None if protected else HAMAR)
    desk = Desk(holders_of={complaint.id: Holders(HAMAR, NAV)})
    await play(database, [complaint.records(life)], desk)
    assert await heard(database, HAMAR) == numbered(authority)
    assert await heard(database, NAV) == numbered(appeal)


async def test_the_data_is_ids_closed_sets_a_time_and_a_reference_and_nothing_else(opened):
    database, complaint = await opened("gateway"), Complaint()
    await play(database, [complaint.records()], Desk())
    *_, (*_, data) = await told(database, NAV)
    assert json.loads(data) == {
        "complaint_id": str(complaint.id),
        "application_id": str(complaint.application),
        "right_id": RIGHT,
        "person": pseudonym(NAV, complaint.child),
        "status": "decided",
        "outcome": "reversed",
        "occurred_at": "2026-11-29T10:00:00Z",
        "reference": f"/status/v1/complaint-inbox/{complaint.id}",
    }
    everything = "".join(data for *_, data in await told(database))
    assert str(complaint.child) not in everything
    assert "outcome" not in json.loads((await told(database, NAV))[0][-1])


async def test_a_protected_childs_organisations_are_asked_for_and_kept_nowhere_but_on_their_own_topics(opened, capfd):
    database, complaint = await opened("gateway"), Complaint(None)
    await play(database, [complaint.records()], Desk(holders_of={complaint.id: Holders(HAMAR, NAV)}))
    assert await heard(database, HAMAR) == numbered(WHOLE)
    assert await heard(database, NAV) == numbered(WHOLE[3:])
    shared = repr([row for row in await rows(database) if not row["topic"].startswith("partner.")])
    kept = await projection(database.clone)
    for organisation in (HAMAR, NAV):
        assert organisation not in shared
        assert organisation not in repr([kept["complaint"], kept["complaint_notice"]])
        assert organisation not in "".join(capfd.readouterr())


async def test_an_organisation_that_is_no_partner_is_told_nothing_and_the_other_is(opened):
    database, complaint, desk = await opened("gateway"), Complaint(BODO), Desk()
    await play(database, [complaint.records()], desk)
    assert {row["topic"] for row in await rows(database) if row["topic"].startswith("partner.")} == {
        f"partner.{NAV}.events.v1"
    }
    assert {asked for asked, _ in desk.asked} == {NAV}
    assert await database.clone.rows("select 1 from complaint_notice where settled_at is null") == []


async def test_an_organisation_that_is_both_hears_each_happening_once(opened):
    database, complaint = await opened("gateway"), Complaint(NAV, NAV)
    await play(database, [complaint.records()], Desk())
    assert await heard(database, NAV) == numbered(WHOLE)


@pytest.mark.parametrize("seed", range(4))
async def test_in_any_order_of_hearing_and_telling_each_hears_its_own_in_order(opened, seed):
    chance, database = random.Random(seed), await opened("gateway")
    one, other = Complaint(), Complaint(None)
    hearing = consumer(database, SUBSCRIPTIONS, Desk(holders_of={other.id: Holders(HAMAR, NAV)}))
    records = [each for complaint in (one, other) for each in complaint.records()] * 2
    chance.shuffle(records)
    for each in records:
        await deliver(hearing, [[each]])
        notes = await due(database)
        await deliver(hearing, [[note] for note in chance.sample(notes, k=min(len(notes), chance.randrange(3)))])
    await deliver(hearing, [await due(database)])
    for organisation, statuses in ((HAMAR, WHOLE), (NAV, WHOLE[3:])):
        found = [(json.loads(data), number) for _, number, _, data in await told(database, organisation)]
        for complaint in (one, other):
            own = [(number, data["status"]) for data, number in found if data["complaint_id"] == str(complaint.id)]
            assert own == numbered(statuses)
    assert await parked(database) == []


async def test_while_status_is_away_both_wait_and_then_miss_nothing(opened):
    database, complaint = await opened("gateway"), Complaint(None)
    desk = Desk(away={"status"}, holders_of={complaint.id: Holders(HAMAR, NAV)})
    hearing = consumer(database, SUBSCRIPTIONS, desk)
    await deliver(hearing, [complaint.records()])
    waiting = asyncio.create_task(deliver(hearing, [await due(database)]))
    await until(lambda: desk.refused)
    assert await told(database) == []
    desk.away.clear()
    await waiting
    assert await heard(database, HAMAR) == numbered(WHOLE)
    assert await heard(database, NAV) == numbered(WHOLE[3:])


async def test_a_child_that_is_gone_is_told_of_no_more(opened):
    database, complaint, desk = await opened("gateway"), Complaint(), Desk()
    first, *rest = complaint.records()
    await play(database, [[first]], desk)
    desk.gone.add(complaint.child)
    await play(database, [rest], desk)
    assert await heard(database, HAMAR) == [(1, "filed")]
    assert await heard(database, NAV) == []
    assert await database.clone.rows("select * from complaint") == []
    assert await database.clone.rows("select * from complaint_notice where settled_at is null") == []


async def test_a_replay_tells_what_was_missed_and_nothing_twice(opened):
    database, complaint, desk = await opened("gateway"), Complaint(), Desk()
    life = complaint.records(DECIDED)
    await play(database, [life[:4]], desk)
    before = await told(database)
    async with database.begin(worker("gateway")) as tx:
        await forget(tx, "gateway", complaint.id)
        await reset_complaint(tx, complaint.id)
    await play(database, [life], desk)
    assert (await told(database))[: len(before)] == before
    assert await heard(database, HAMAR) == numbered(WHOLE)
    assert await heard(database, NAV) == numbered(WHOLE[3:])
