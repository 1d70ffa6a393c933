"""The way in over a real broker: offsets move only past what was handled, and a replay rebuilds from nothing."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from aiokafka import AIOKafkaProducer

from shared.kafka.consumer import Consumer
from shared.kafka.replay import replay
from tests.shared.test_inbox import story
from tests.shared.test_relay import kafka_settings
from tests.shared.toy import PROJECTION
from tests.support.deliveries import SilentResend, poisoned
from tests.support.run import only_one
from tests.support.until import until


@pytest.fixture(autouse=True, scope="module")
def alone():
    """A group is one service's: no other process of the run may consume in its name meanwhile."""
    with only_one("consumer-status"):
        yield


def made(database, environment):
    return Consumer(database, kafka_settings(environment), PROJECTION, clients=None, resend=SilentResend())


@asynccontextmanager
async def consuming(database, environment):
    consumer = made(database, environment)
    task = asyncio.create_task(consumer.run())
    try:
        await until(lambda: consumer.connected, deadline=15)
        yield consumer
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def producing(broker):
    producer = AIOKafkaProducer(**broker.client("applications"), acks="all")
    await producer.start()

    async def send(*records):
        for one in records:
            await producer.send_and_wait(one.topic, one.value, key=one.key, headers=list(one.headers))

    try:
        yield send
    finally:
        await producer.stop()


def story_id(record):
    return record.key.decode()


async def steps_of(database, told):
    sql = "select version from step where application_id = cast(:id as uuid) order by place"
    return [row["version"] for row in await database.clone.rows(sql, id=story_id(told[0]))]


async def test_what_is_sent_is_handled_once_over_a_restart(toy, broker):
    database, told = await toy("status"), story(length=6)
    async with producing(broker) as send:
        async with consuming(database, broker.user("status")):
            await send(*told[:3])
            await until(lambda: reached(database, told, 3), deadline=20)
        await send(*told[3:])
        async with consuming(database, broker.user("status")):
            await until(lambda: reached(database, told, 6), deadline=20)
    assert await steps_of(database, told) == [1, 2, 3, 4, 5, 6]


async def reached(database, told, version):
    return version in await steps_of(database, told)


async def test_two_consumers_share_the_partitions_and_do_nothing_twice(toy, broker):
    database, stories = await toy("status"), [story(length=4) for _ in range(6)]
    async with (
        producing(broker) as send,
        consuming(database, broker.user("status")),
        consuming(database, broker.user("status")),
    ):
        await asyncio.gather(*(send(*told) for told in stories))
        await until(lambda: all_reached(database, stories, 4), deadline=30)
    for told in stories:
        assert await steps_of(database, told) == [1, 2, 3, 4]


async def all_reached(database, stories, version):
    return all([await reached(database, told, version) for told in stories])


async def test_a_replay_of_a_key_rebuilds_what_was_lost(toy, broker):
    database, told, other = await toy("status"), story(length=4), story(length=2)
    async with producing(broker) as send, consuming(database, broker.user("status")):
        await send(*told, *other)
        await until(lambda: all_reached(database, [told], 4), deadline=20)
        await until(lambda: all_reached(database, [other], 2), deadline=20)
    await database.clone.rows("delete from step")
    await replay(made(database, broker.user("status")), key=uuid_of(told))
    assert await steps_of(database, told) == [1, 2, 3, 4]
    assert await steps_of(database, other) == []


def uuid_of(told):
    return UUID(story_id(told[0]))


async def test_a_replay_brings_a_poisoned_key_back_once_it_can_be_read(toy, broker):
    database, told = await toy("status"), story(length=3)
    async with producing(broker) as send, consuming(database, broker.user("status")):
        await send(told[0])
        await until(lambda: reached(database, told, 1), deadline=20)
        await database.clone.rows("insert into parked_event (consumer, topic, partition, \"offset\", key, event_id, headers, value, cause, reason, parked_at) values ('status', :topic, 0, 0, cast(:key as uuid), gen_random_uuid(), '[]', 'x', 'poison', 'a bug of ours', now())", topic=told[0].topic, key=story_id(told[0]))  # fmt: skip
        await send(*told[1:])
        await until(lambda: behind(database), deadline=20)
    await replay(made(database, broker.user("status")), key=uuid_of(told))
    assert await steps_of(database, told) == [1, 2, 3]
    assert await parked_of(database, told) == []


async def behind(database):
    return [row["cause"] for row in await database.clone.rows("select cause from parked_event")].count("behind") == 2


async def test_what_arrives_while_a_replay_runs_is_not_forgotten(toy, broker):
    """The live consumer has handled it between the replay's look and its deletion: it must be read anew."""
    database, told = await toy("status"), story(length=40)
    async with producing(broker) as send, consuming(database, broker.user("status")):
        await send(*told[:20])
        await until(lambda: reached(database, told, 20), deadline=20)

        async def replay_often():
            for _ in range(3):
                await replay(made(database, broker.user("status")), key=uuid_of(told))

        await asyncio.gather(send(*told[20:]), replay_often())
        await until(lambda: reached(database, told, 40), deadline=20)
    assert await steps_of(database, told) == list(range(1, 41))


async def test_an_unreadable_record_on_the_topic_holds_nobody_up(toy, broker):
    database, sick, well = await toy("status"), story(length=2), story(length=2)
    async with producing(broker) as send, consuming(database, broker.user("status")):
        await send(sick[0], poisoned(sick[1]), *well)
        await until(lambda: reached(database, well, 2), deadline=20)
        await until(lambda: parked_of(database, sick), deadline=20)
    assert await parked_of(database, sick) == ["poison"]
    assert await parked_of(database, well) == []


async def parked_of(database, told):
    sql = "select cause from parked_event where key = cast(:key as uuid) order by id"
    return [row["cause"] for row in await database.clone.rows(sql, key=story_id(told[0]))]
