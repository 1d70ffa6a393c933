"""A complaint that changes a decision is marked on it: once, whatever happens on the way, and as a rebuild from nothing would."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from services.applications.domain.application import Address, Status
from services.applications.domain.decision import ComplaintInformation, Decision, Item, Outcome
from services.applications.events.status import SUBSCRIPTIONS, reset_complaint
from services.applications.store import applications, decisions
from shared.auth.principals import Kind, Principal, Subject, worker
from shared.events import complaints as told
from shared.events.complaints import ComplaintOutcome, ComplaintStatus
from shared.kafka.inbox import forget
from tests.services.applications.builders import AT, draft
from tests.services.applications.office import Office, good
from tests.services.applications.world import NAV
from tests.support.deliveries import MISHAPS, after, consumer, deliver, in_order, parked, record

CHANGED = "select version, data from outbox where type = 'no.somlos.application.status-changed.v1' order by position"
MARK = "select superseded_by, superseded_outcome, superseded_at from decision where application_id = :id"
PLACE = "select status, revision, version from application where id = :id"
TOGETHER = ["content", "snapshot"]  # sealed anew in each database


@dataclass(frozen=True)
class Case:
    """A refused application, and the family's complaint about it."""

    id: UUID = field(default_factory=uuid4)
    child: UUID = field(default_factory=uuid4)
    complaint: UUID = field(default_factory=uuid4)
    decision: UUID = field(default_factory=uuid4)

    async def seed(self, database) -> None:
        """Puts it in the database as it stands when it has been decided."""
        mine = Principal(Kind.CITIZEN, str(uuid4()), subjects={self.child: Subject("guardian")})
        address = Address("nav", NAV, "alias", protected=False)
        application = draft(
            id=self.id,
            child_id=self.child,
            status=Status.DECIDED,
            content=None,
            revision=4,
            version=3,
            address=address,
            submitted_at=AT,
            snapshot=b"{}",
            snapshot_sha256="0" * 64,
        )
        application = replace(application, content=None)
        item = Item("Hjelpestønad", Outcome.REFUSED, reasons="Nei.", law="ftrl § 6-4")
        information = ComplaintInformation("nav_klageinstans", "Nav", date(2027, 1, 5))
        made = Decision(self.decision, self.id, self.child, AT.date(), None, (item,), information, AT)
        async with database.begin(mine) as tx:
            await applications.add(tx, application)
            await decisions.add(tx, made, NAV)

    def told(self, kind, version, *, status, outcome=None, complaint=None, days=0):
        """One event of the complaint."""
        event = kind(
            complaint_id=complaint or self.complaint,
            application_id=self.id,
            child_id=self.child,
            right_id="hjelpestonad",
            status=status,
            outcome=outcome,
            at=AT + timedelta(days=days or version),
            version=version,
        )
        return record(event, version)

    def life(self, outcome=ComplaintOutcome.REVERSED):
        """Filed, received, re-assessed, forwarded, decided."""
        return [
            self.told(told.ComplaintFiled, 1, status=ComplaintStatus.FILED),
            self.told(told.ComplaintReceived, 2, status=ComplaintStatus.RECEIVED),
            self.told(told.ComplaintReassessed, 3, status=ComplaintStatus.REASSESSED, outcome=ComplaintOutcome.UPHELD),
            self.told(told.ComplaintForwarded, 4, status=ComplaintStatus.FORWARDED),
            self.told(told.ComplaintDecided, 5, status=ComplaintStatus.DECIDED, outcome=outcome),
        ]


@pytest.fixture
async def case(opened):
    database, made = await opened("applications"), Case()
    await made.seed(database)
    return database, made


async def mark(database, case):
    [row] = await database.clone.rows(MARK, id=case.id)
    return row["superseded_by"], row["superseded_outcome"], row["superseded_at"]


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_happens_on_the_way_the_tables_equal_a_rebuild_from_nothing(opened, mishap):
    reversed_, upheld = Case(), Case()

    async def seed(database):
        await reversed_.seed(database)
        await upheld.seed(database)

    lives = [reversed_.life(), upheld.life(ComplaintOutcome.UPHELD)]
    straight = [batch for life in lives for batch in in_order(life)]
    crooked = [batch for life in lives for batch in MISHAPS[mishap](life)]
    expected = await after(opened, "applications", SUBSCRIPTIONS, straight, seed=seed, ignoring=TOGETHER)
    found = await after(opened, "applications", SUBSCRIPTIONS, crooked, seed=seed, ignoring=TOGETHER)
    assert found == expected
    marks = {row["application_id"]: row["superseded_by"] for row in found["decision"]}
    assert marks == {reversed_.id: reversed_.complaint, upheld.id: None}


@pytest.mark.parametrize("outcome", [ComplaintOutcome.REVERSED, ComplaintOutcome.PARTLY_REVERSED])
async def test_a_reversal_is_marked_and_told_of_once(case, outcome):
    database, refused = case
    life = refused.life(outcome)
    await deliver(consumer(database, SUBSCRIPTIONS), [life, life])
    assert await mark(database, refused) == (refused.complaint, outcome.value, AT + timedelta(days=5))
    assert (await database.clone.rows(PLACE, id=refused.id)) == [{"status": "decided", "revision": 5, "version": 4}]
    [event] = await database.clone.rows(CHANGED)
    assert (event["version"], json.loads(event["data"])["status"]) == (4, "decided")


async def test_a_decision_that_the_authority_changed_itself_is_marked_too(case):
    database, refused = case
    changed = refused.told(told.ComplaintReassessed, 3, status=ComplaintStatus.CLOSED, outcome=ComplaintOutcome.CHANGED)
    await deliver(consumer(database, SUBSCRIPTIONS), [[*refused.life()[:2], changed]])
    assert (await mark(database, refused))[:2] == (refused.complaint, "changed")


@pytest.mark.parametrize("outcome", [ComplaintOutcome.UPHELD, ComplaintOutcome.SENT_BACK, None])
async def test_a_complaint_that_changes_nothing_leaves_the_decision_as_it_is(case, outcome):
    database, refused = case
    await deliver(consumer(database, SUBSCRIPTIONS), [refused.life(outcome)])
    assert await mark(database, refused) == (None, None, None)
    assert await database.clone.rows(CHANGED) == []


async def test_a_withdrawn_complaint_leaves_the_decision_as_it_is(case):
    database, refused = case
    gone = refused.told(told.ComplaintWithdrawn, 2, status=ComplaintStatus.WITHDRAWN)
    await deliver(consumer(database, SUBSCRIPTIONS), [[refused.life()[0], gone]])
    assert await mark(database, refused) == (None, None, None)
    assert await parked(database) == []


async def test_what_is_missing_is_waited_for(case):
    database, refused = case
    life = refused.life()
    hearing = consumer(database, SUBSCRIPTIONS)
    await deliver(hearing, [[*life[:2], life[4]]])
    assert await parked(database) == [("gap", "an earlier version is missing")]
    assert await mark(database, refused) == (None, None, None)
    await deliver(hearing, [life[2:4]])
    assert (await mark(database, refused))[0] == refused.complaint


async def test_a_replay_marks_and_tells_nothing_again(case):
    database, refused = case
    life = refused.life()
    await deliver(consumer(database, SUBSCRIPTIONS), [life])
    before = await mark(database, refused)
    async with database.begin(worker("applications")) as tx:
        await forget(tx, "applications", refused.complaint)
        await reset_complaint(tx, refused.complaint)
    await deliver(consumer(database, SUBSCRIPTIONS), in_order(life))
    assert await mark(database, refused) == before
    assert len(await database.clone.rows(CHANGED)) == 1


async def test_of_two_complaints_the_later_outcome_stands(case):
    database, refused = case
    second = uuid4()
    late = refused.told(
        told.ComplaintDecided,
        1,
        status=ComplaintStatus.DECIDED,
        outcome=ComplaintOutcome.PARTLY_REVERSED,
        complaint=second,
        days=90,
    )
    await deliver(consumer(database, SUBSCRIPTIONS), [[late], refused.life()])
    assert (await mark(database, refused))[:2] == (second, "partly-reversed")
    assert len(await database.clone.rows(CHANGED)) == 1


async def test_an_application_that_is_not_here_or_not_decided_is_passed_over(case):
    database, refused = case
    await deliver(consumer(database, SUBSCRIPTIONS), [Case().life()])
    await database.clone.rows("update application set status = 'received' where id = :id", id=refused.id)
    await deliver(consumer(database, SUBSCRIPTIONS), [refused.life()])
    assert await mark(database, refused) == (None, None, None)
    assert await parked(database) == []
    assert await database.clone.rows(CHANGED) == []


async def test_both_see_what_has_taken_the_decisions_place(world):
    nav = Office(world)
    decided = await nav.decided()
    heard = Case(id=UUID(decided["id"]), child=world.child.id)
    service = world.service
    await deliver(consumer(service.app.state.database, SUBSCRIPTIONS), [heard.life()])
    mine, theirs = good(await world.read(decided)), good(await nav.read(decided))
    assert mine["decision"] == theirs["decision"]
    found = mine["decision"]
    assert (found["superseded_by"], found["superseded_outcome"]) == (str(heard.complaint), "reversed")
    assert found["superseded_text"]["text"] == "Klagen førte fram. Vedtaket er gjort om."
    assert found["items"][0]["outcome"] == "refused"
    assert (mine["status"], theirs["version"]) == ("decided", 4)
