"""Three brokers, replication 3, two must have an event before it is acknowledged: nothing is lost, doubled in effect or out of order.

The short form; `make faults` also cuts one off and restarts one after the other (rounds.py)."""

import asyncio

from confluent_kafka.admin import AdminClient, ConfigResource

from tests.faults.kafka.load import TOPIC, say, whole, world
from tests.faults.kafka.rounds import sends_again


def settings_of_every_topic(brokers):
    admin = AdminClient(brokers.admin())
    asked = [ConfigResource(ConfigResource.Type.TOPIC, name) for name in brokers.declaration.topics]
    found = admin.describe_configs(asked)
    return {
        (entry["min.insync.replicas"].value, entry["unclean.leader.election.enable"].value)
        for entry in (future.result(10) for future in found.values())
    }


async def test_every_topic_is_on_three_nodes_and_two_must_have_an_event(three):
    known = await three.described()
    replicas = {
        len(one.replicas) for name in three.declaration.topics for one in known.topics[name].partitions.values()
    }
    assert replicas == {3}
    assert await asyncio.to_thread(settings_of_every_topic, three) == {("2", "false")}


async def test_without_a_leader_writes_go_on_and_without_two_nodes_they_wait(toy, three):
    async with world(toy, three) as town:
        async with town.load.running() as load:
            await load.writes(40)
            first = await three.leader(TOPIC)
            await three.kill(first)
            await sends_again(town)
            second = next(node for node in three.nodes if node != first)
            await three.kill(second)
            await load.writes(20)
            sent = await town.outbox("sent_at is not null")
            await load.writes(40)
            assert await town.outbox("sent_at is not null") == sent
            await three.launch(second)
            await sends_again(town)
        say(f"three brokers, a leader killed, another one killed and started again: {await whole(town)}")
