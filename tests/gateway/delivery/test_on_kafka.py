"""The whole way: what applications says on its topic, until a partner with a client of another make has it."""

import asyncio
import json
import re
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import TopicAuthorizationFailedError

from gateway.delivery import resend
from shared.worker import replay_once, running
from tests.gateway.delivery.stories import HAMAR, NAV, RIGHT, STATUSES, Application, Complaint, pseudonym
from tests.support.until import until

ELEVEN_DIGITS = re.compile(rb"(?<!\d)\d{11}(?!\d)")
HEADERS = {
    "ce_specversion",
    "ce_id",
    "ce_type",
    "ce_source",
    "ce_time",
    "ce_subject",
    "ce_sequence",
    "ce_dataschema",
    "content-type",
}


async def test_each_partner_hears_of_its_own_cases_and_of_no_other(delivery, partner):
    to_nav, to_hamar, protected = Application(NAV), Application(HAMAR), Application(None)
    delivery.neighbours.parties[protected.id] = (HAMAR, protected.child)
    nav, hamar = partner(NAV), partner(HAMAR)
    told = [one for application in (to_nav, to_hamar, protected) for one in application.records()]
    await delivery.tell([*told, *told])
    heard = await until(lambda: nav.heard(4, to_nav.id), deadline=60)
    assert [json.loads(message.value())["status"] for message in heard] == ["submitted", *STATUSES]
    for application in (to_hamar, protected):
        assert len(await until(lambda one=application: hamar.heard(4, one.id), deadline=60)) == 4
    assert {json.loads(message.value()).get("application_id") for message in nav.messages} & {
        str(to_hamar.id),
        str(protected.id),
    } == set()
    assert [len(await each.heard(0, one.id)) for each, one in ((nav, to_nav), (hamar, to_hamar))] == [4, 4]


async def test_an_event_is_a_cloudevent_that_carries_nothing_of_a_person(delivery, partner):
    application = Application(NAV)
    nav = partner(NAV)
    await delivery.tell(application.records())
    heard = await until(lambda: nav.heard(4, application.id), deadline=60)
    for number, message in enumerate(heard, start=1):
        headers = {name: value.decode() for name, value in message.headers()}
        assert set(headers) - {"traceparent"} == HEADERS
        assert headers["ce_subject"] == message.key().decode() == str(application.id)
        assert headers["ce_sequence"] == f"0001.{number:012d}"
        assert headers["ce_source"] == "/somlos/gateway"
        assert headers["ce_type"].startswith("no.somlos.partner.application-")
        everything = message.value() + b"".join(value for _, value in message.headers())
        assert str(application.child).encode() not in everything
        assert not ELEVEN_DIGITS.search(everything.replace(headers["ce_sequence"].encode(), b""))
        assert set(json.loads(message.value()).values()) <= {
            str(application.id),
            RIGHT,
            pseudonym(NAV, application.child),
            "submitted",
            *STATUSES,
            json.loads(message.value())["occurred_at"],
            f"/applications/v1/inbox/{application.id}",
        }


async def test_the_authority_hears_of_a_complaint_from_its_filing_and_the_appeal_body_from_its_forwarding(
    delivery, partner
):
    complaint = Complaint(authority=HAMAR, appeal=NAV)
    hamar, nav = partner(HAMAR), partner(NAV)
    await delivery.tell(complaint.records(), speaker="status")
    heard = {
        HAMAR: await until(lambda: hamar.heard(5, complaint.id), deadline=60),
        NAV: await until(lambda: nav.heard(2, complaint.id), deadline=60),
    }
    told = {org: [json.loads(message.value()) for message in messages] for org, messages in heard.items()}
    assert [each["status"] for each in told[HAMAR]] == ["filed", "received", "reassessed", "forwarded", "decided"]
    assert [(each["status"], each.get("outcome")) for each in told[NAV]] == [
        ("forwarded", None),
        ("decided", "reversed"),
    ]
    for org, messages in told.items():
        assert {each["person"] for each in messages} == {pseudonym(org, complaint.child)}
        assert {each["reference"] for each in messages} == {f"/status/v1/complaint-inbox/{complaint.id}"}


async def test_a_worker_that_was_stopped_goes_on_where_it_was(delivery_at_rest, partner):
    application, nav = Application(NAV), partner(NAV)
    life = application.records()
    for part in (life[:2], life[2:]):
        await delivery_at_rest.tell(part)
        async with running(delivery_at_rest.worker):
            await until(lambda n=part[-1].offset: nav.heard(n, application.id), deadline=60)
    assert await numbers(delivery_at_rest, application) == [1, 2, 3, 4]


async def test_a_replay_of_a_key_tells_the_partner_nothing_twice(delivery, partner):
    application, nav = Application(NAV), partner(NAV)
    await delivery.tell(application.records())
    await until(lambda: nav.heard(4, application.id), deadline=60)
    assert await replay_once(delivery.worker, key=application.id, since=None) >= 8
    assert await numbers(delivery, application) == [1, 2, 3, 4]
    assert await delivery.clone.rows("select * from party where application_id = :id", id=application.id)


async def test_what_is_sent_again_comes_with_the_same_ids(delivery, partner, capsys, monkeypatch):
    application, nav = Application(NAV), partner(NAV)
    await delivery.tell(application.records())
    await until(lambda: nav.heard(4, application.id), deadline=60)
    for name, value in delivery.environment.items():
        monkeypatch.setenv(name, value)
    words = [NAV, "--since", "2026-11-24T00:00:00+01:00", "--application", str(application.id)]
    assert await asyncio.to_thread(resend.main, words) == 0
    assert capsys.readouterr().out.endswith("4 events are sent again\n")
    heard = [dict(message.headers())["ce_id"] for message in await until(lambda: nav.heard(8, application.id), 60)]
    assert heard[:4] == heard[4:]


@pytest.mark.parametrize("words", [["310000005", "--since", "2026-11-24T00:00:00Z"], [NAV, "--since", "2026-11-24"]])
async def test_sending_again_needs_a_partner_and_a_moment(delivery_at_rest, monkeypatch, words):
    for name, value in delivery_at_rest.environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        resend.main(words)


async def test_a_partner_cannot_read_anothers_topic(partner):
    hamar = partner(HAMAR, topic=f"partner.{NAV}.events.v1")
    await until(lambda: _refused(hamar), deadline=30)
    assert hamar.refusals == {"TOPIC_AUTHORIZATION_FAILED"}
    assert hamar.messages == []


async def test_a_partner_cannot_use_anothers_group(partner):
    hamar = partner(HAMAR, group=f"{NAV}.cases")
    await until(lambda: _refused(hamar), deadline=30)
    assert hamar.refusals == {"GROUP_AUTHORIZATION_FAILED"}


@pytest.mark.parametrize("topic", ["somlos.applications.application.v1", "somlos.gateway.delivery.v1"])
async def test_a_partner_reads_no_internal_topic(partner, topic):
    nav = partner(NAV, topic=topic)
    await until(lambda: _refused(nav), deadline=30)
    assert nav.refusals == {"TOPIC_AUTHORIZATION_FAILED"}


@pytest.mark.parametrize("user", [NAV, "applications", "status"])
async def test_nobody_but_the_gateway_writes_a_partners_events(broker, user):
    producer = AIOKafkaProducer(**broker.client(user))
    await producer.start()
    try:
        with pytest.raises(TopicAuthorizationFailedError):
            await producer.send_and_wait(f"partner.{NAV}.events.v1", key=str(uuid4()).encode(), value=b"{}")
    finally:
        await producer.stop()


async def numbers(delivery, application):
    """How what the partners were told of the application is numbered, in the order it was told."""
    told = "select version from outbox where topic like 'partner.%' and aggregate_id = :id order by position"
    return [row["version"] for row in await delivery.clone.rows(told, id=application.id)]


async def _refused(partner):
    await partner.listen()
    return partner.refusals
