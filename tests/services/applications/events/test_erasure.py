"""Someone is erased: drafts and files go, what was sent in stays without a readable word, and nobody else's is touched."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.applications.events import mapping, status
from services.applications.worker import sweep
from shared.auth.principals import Kind, Principal
from shared.events.mapping import PersonErased
from tests.services.applications.world import NAV, PDF, key
from tests.support.clock import START
from tests.support.deliveries import MISHAPS, consumer, deliver, record

SUBSCRIPTIONS = (*status.SUBSCRIPTIONS, *mapping.SUBSCRIPTIONS)


def erasure(person):
    return record(PersonErased(erasure_id=uuid4(), person_id=person, erased_at=START))


async def hear(world, *records):
    listener = consumer(world.service.app.state.database, SUBSCRIPTIONS)
    await deliver(listener, [records])
    return listener


async def attached(world, application):
    headers = {"If-Match": await world.etag(application), "Content-Type": "application/pdf", **key()}
    path = f"/applications/v1/applications/{application['id']}/attachments"
    answer = await world.service.post(path, world.mother, content=PDF, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def test_an_erased_childs_drafts_and_files_are_gone(world):
    draft = (await world.start()).json()
    await attached(world, draft)
    await hear(world, erasure(world.child.id))
    assert (await world.read(draft)).status_code == 404
    for table in ("application", "attachment"):
        assert await world.service.rows(f"select 1 from {table}") == []


async def test_what_was_sent_in_stays_and_nobody_can_read_it(world):
    sent = await world.submitted()
    await hear(world, erasure(world.child.id))
    [row] = await world.service.rows("select status, right_id, authority_org, submitted_at from application")
    assert (row["status"], row["authority_org"]) == ("submitted", NAV)
    read = await world.read(sent)
    assert (read.status_code, read.json()["type"]) == (410, "urn:somlos:problem:erased")
    case_system = Principal(Kind.MACHINE, NAV, org=NAV, purpose="handle-applications")
    inbox = await world.service.get(f"/applications/v1/inbox/{sent['id']}", case_system)
    assert inbox.status_code == 410
    assert "natt" not in read.text + inbox.text
    listed = await world.service.get("/applications/v1/inbox", case_system)
    assert [each["id"] for each in listed.json()["items"]] == [sent["id"]]


async def test_the_sealed_files_of_what_was_sent_in_are_swept_away(world):
    draft = (await world.start("hjelpestonad")).json()
    file = world.service.app.state.settings.attachments_dir / await attached(world, draft)
    assert file.exists()
    await hear(world, erasure(world.child.id))
    world.service.clock.forward(timedelta(days=400))
    assert await sweep(world.service.app.state.database, world.service.app.state.attachment_files) == 1
    assert not file.exists()


async def test_an_erased_guardians_drafts_go_and_the_other_guardians_stay(world):
    hers, his = (await world.start()).json(), (await world.start(caller=world.father)).json()
    sent = await world.submitted()
    await hear(world, erasure(world.father.person))
    assert (await world.read(his, world.father)).status_code == 404
    assert (await world.read(hers)).status_code == 200
    assert (await world.read(sent)).status_code == 200


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_however_it_comes_the_same_is_left(world, mishap):
    await world.start()
    await world.submitted()
    once = erasure(world.child.id)
    listener = consumer(world.service.app.state.database, SUBSCRIPTIONS)
    await deliver(listener, MISHAPS[mishap]([once, erasure(uuid4()), erasure(world.child.id)]))
    rows = await world.service.rows("select status from application")
    assert [row["status"] for row in rows] == ["submitted"]
    assert listener.counts.parked == 0


async def test_nobody_can_delete_what_was_sent_in_and_only_an_erasure_deletes_a_draft(world):
    await world.start()
    await world.submitted()
    clone, child = world.service.database, str(world.child.id)
    erasing = {"kind": "worker", "service": "applications", "erasing": child}
    for settings in (
        {"kind": "citizen", "subjects": child},
        {"kind": "worker", "service": "applications"},
        {**erasing, "erasing": str(uuid4())},
        {**erasing, "kind": "citizen", "subjects": child},
    ):
        assert await clone.rows_as_service("delete from application returning id", settings) == []
    assert len(await clone.rows_as_service("delete from application returning id", erasing)) == 1
    [left] = await world.service.rows("select status from application")
    assert left["status"] == "submitted"
