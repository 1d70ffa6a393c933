"""The way out: everything that was committed reaches its topic, in its aggregate's order, whoever dies on the way."""

import asyncio
from contextlib import asynccontextmanager
from uuid import uuid4

from aiokafka import AIOKafkaConsumer
from sqlalchemy import text

from shared.auth.principals import worker
from shared.events.envelope import Received
from shared.events.mapping import ProfileUpdated
from shared.kafka.relay import Relay
from shared.settings import KafkaSettings
from tests.support.keeper import free_port
from tests.support.until import until

TOPIC = "somlos.mapping.profile.v1"
UNSENT = "select count(*) as n from outbox where sent_at is null"


def kafka_settings(environment):
    return KafkaSettings(**{name.lower(): value for name, value in environment.items()})


@asynccontextmanager
async def relaying(database, environment):
    async with at_work(Relay("mapping", database.clone.url, kafka_settings(environment))) as relay:
        yield relay


@asynccontextmanager
async def at_work(relay):
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def listening(broker, topic=TOPIC):
    """Everything that comes to the topic from now on."""
    consumer = AIOKafkaConsumer(topic, **broker.client("admin"), group_id=None, auto_offset_reset="latest")
    await consumer.start()
    for partition in consumer.assignment():
        await consumer.position(partition)
    found = []

    async def listen():
        async for record in consumer:
            found.append(record)

    task = asyncio.create_task(listen())
    try:
        yield found
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await consumer.stop()


async def tell(database, child, *versions):
    for version in versions:
        async with database.begin(worker("mapping")) as tx:
            await tx.emit(ProfileUpdated(child_id=child, version=version), version=version)


def of(records, *keys):
    wanted = {str(key).encode() for key in keys}
    return [record for record in records if record.key in wanted]


def versions(records, child):
    return [int(Received.of(record.headers).sequence.split(".")[1]) for record in of(records, child)]


async def test_an_event_comes_out_with_its_envelope_and_is_marked_sent(toy, broker, clock):
    database, child = await toy("mapping"), uuid4()
    async with listening(broker) as found, relaying(database, broker.user("mapping")):
        await tell(database, child, 1)
        await until(lambda: of(found, child), deadline=10)
        await until(lambda: marked(database), deadline=5)
    [record] = of(found, child)
    envelope = Received.of(record.headers)
    assert (envelope.type, envelope.subject, envelope.sequence) == (
        "no.somlos.profile.updated.v1",
        child,
        "0001.000000000001",
    )
    assert (envelope.source, envelope.time) == ("/somlos/mapping", clock.now())
    assert dict(record.headers)["ce_specversion"] == b"1.0"
    assert ProfileUpdated.model_validate_json(record.value) == ProfileUpdated(child_id=child, version=1)
    [row] = await database.clone.rows("select event_id from outbox")
    assert envelope.event_id == row["event_id"]


async def marked(database):
    return (await database.clone.rows(UNSENT)) == [{"n": 0}]


async def test_each_aggregates_events_come_out_in_their_order(toy, broker):
    database, children = await toy("mapping"), [uuid4() for _ in range(5)]
    async with listening(broker) as found, relaying(database, broker.user("mapping")):
        await asyncio.gather(*(tell(database, child, *range(1, 21)) for child in children))
        await until(lambda: len(of(found, *children)) == 100, deadline=15)
    for child in children:
        assert versions(found, child) == list(range(1, 21))


async def test_what_follows_a_full_batch_comes_out_in_order_and_is_marked(toy, broker):
    database, child = await toy("mapping"), uuid4()
    await tell(database, child, *range(1, 8))
    relay = Relay("mapping", database.clone.url, kafka_settings(broker.user("mapping")), batch=3)
    async with listening(broker) as found, at_work(relay):
        await until(lambda: len(of(found, child)) == 7, deadline=15)
        await until(lambda: marked(database), deadline=5)
    assert versions(found, child) == list(range(1, 8))


async def test_a_transaction_that_commits_late_is_not_passed_over(toy, broker):
    """Its row has the lower position and appears after the higher one was sent."""
    database, slow, quick = await toy("mapping"), uuid4(), uuid4()
    async with listening(broker) as found, relaying(database, broker.user("mapping")):
        async with database.begin(worker("mapping")) as tx:
            await tx.emit(ProfileUpdated(child_id=slow, version=1), version=1)
            await tell(database, quick, 1)
            await until(lambda: of(found, quick), deadline=10)
        await until(lambda: of(found, slow), deadline=5)


async def test_one_of_two_relays_leads_and_the_other_takes_over(toy, broker):
    database, child = await toy("mapping"), uuid4()
    async with listening(broker) as found, relaying(database, broker.user("mapping")) as first:
        await until(lambda: first.is_leader, deadline=10)
        async with relaying(database, broker.user("mapping")) as second:
            await tell(database, child, 1, 2, 3)
            await until(lambda: versions(found, child) == [1, 2, 3], deadline=10)
            assert not second.is_leader
            await end_sessions_with_the_lock(database)
            await tell(database, child, 4, 5)
            await until(lambda: versions(found, child)[-1:] == [5], deadline=10)
            await until(lambda: first.is_leader != second.is_leader, deadline=10)
    assert sorted(set(versions(found, child))) == [1, 2, 3, 4, 5]


async def end_sessions_with_the_lock(database):
    holding = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())"
    await database.clone.rows(holding)


async def test_a_leader_that_loses_its_connection_again_and_again_loses_no_event(toy, broker):
    database, children = await toy("mapping"), [uuid4() for _ in range(4)]
    async with listening(broker) as found, relaying(database, broker.user("mapping")):

        async def disturb():
            for _ in range(3):
                await until(lambda: len(of(found, *children)) > 0, deadline=10)
                await end_sessions_with_the_lock(database)
                await tell(database, uuid4(), 1)

        await asyncio.gather(*(tell(database, child, *range(1, 26)) for child in children), disturb())
        await until(lambda: all(set(versions(found, child)) == set(range(1, 26)) for child in children), deadline=20)
    for child in children:
        assert first_seen(versions(found, child)) == list(range(1, 26))


def first_seen(numbers):
    return list(dict.fromkeys(numbers))


async def test_while_the_broker_is_away_writes_go_on_and_nothing_is_lost(toy, broker):
    database, child = await toy("mapping"), uuid4()
    nowhere = {**broker.user("mapping"), "KAFKA_BOOTSTRAP_SERVERS": f"127.0.0.1:{free_port()}"}
    async with relaying(database, nowhere) as relay:
        await tell(database, child, 1, 2)
        await until(lambda: not relay.broker_answers, deadline=20)
    assert await database.clone.rows(UNSENT) == [{"n": 2}]
    async with listening(broker) as found, relaying(database, broker.user("mapping")):
        await until(lambda: versions(found, child) == [1, 2], deadline=10)


async def test_an_event_that_is_sent_again_keeps_its_id(toy, broker):
    database, child = await toy("mapping"), uuid4()
    async with listening(broker) as found, relaying(database, broker.user("mapping")):
        await tell(database, child, 1)
        await until(lambda: marked(database), deadline=10)
        async with database.begin(worker("mapping")) as tx:
            await tx.connection.execute(text("update outbox set sent_at = null"))
            await tx.connection.execute(text("select pg_notify('somlos_outbox', '')"))
        await until(lambda: len(of(found, child)) == 2, deadline=10)
    assert len({Received.of(record.headers).event_id for record in of(found, child)}) == 1


async def test_a_trace_goes_on_over_the_topic(toy, broker):
    database, child = await toy("mapping"), uuid4()
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    async with listening(broker) as found, relaying(database, broker.user("mapping")):
        await tell(database, child, 1)
        await until(lambda: marked(database), deadline=10)
        await database.clone.rows("update outbox set traceparent = :trace, sent_at = null", trace=trace)
        await database.clone.rows("select pg_notify('somlos_outbox', '')")
        await until(lambda: any(trace_of(record) == trace[3:35] for record in of(found, child)), deadline=10)


def trace_of(record):
    return (Received.of(record.headers).traceparent or "-" * 40)[3:35]
