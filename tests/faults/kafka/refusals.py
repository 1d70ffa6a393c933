"""The broker refuses the relay's producer: another one must take over, with no row lost and no key's order broken."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.producer.transaction_manager import PidAndEpoch

from shared.events.envelope import Envelope
from shared.kafka import connection
from shared.kafka.relay import Relay
from shared.settings import KafkaSettings
from tests.faults.kafka.brokers import Brokers
from tests.faults.kafka.load import TOPIC, Load, World, at_work, settings, whole
from tests.shared.toy import OpenToy
from tests.support.clock import START
from tests.support.deliveries import SilentResend
from tests.support.until import until

Refusal = Callable[[World, Any], Awaitable[None]]


class Watched:
    """Makes the relay's producers and keeps them."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def __call__(self, kafka: KafkaSettings) -> Any:
        """Another one."""
        self.made.append(connection.producer(kafka))
        return self.made[-1]


async def fenced(town: World, producer: Any) -> None:
    """Somebody else writes with the same identity and a higher epoch."""
    owned = producer._txn_manager
    rival = AIOKafkaProducer(**town.brokers.client("applications"), enable_idempotence=True)
    await rival.start()
    rival._txn_manager._pid_and_epoch = PidAndEpoch(owned.producer_id, owned.producer_epoch + 1)
    nobodys = Envelope(
        event_id=uuid4(),
        type="no.somlos.test.v1",
        source="/somlos/test",
        subject=uuid4(),
        epoch=1,
        version=1,
        time=START,
        traceparent=None,
    )
    for number in range(town.brokers.declaration.partitions):
        await rival.send_and_wait(TOPIC, b"{}", partition=number, headers=nobodys.headers())
    await rival.stop()


async def out_of_step(town: World, producer: Any) -> None:
    """The broker has not seen what the producer believes to have sent."""
    for number in range(town.brokers.declaration.partitions):
        producer._txn_manager.increment_sequence_number(TopicPartition(TOPIC, number), 7)


async def refused(toy: OpenToy, brokers: Brokers, refusal: Refusal) -> str:
    """The refusal in the middle of the load; then everything must be there once, in order."""
    source: Any = await toy("applications")
    target, watched = await toy("status"), Watched()
    relay = Relay("applications", source.clone.url, settings(brokers, "applications"), make_producer=watched)
    town = World(source, target, brokers, Load(source), relay, SilentResend())
    async with at_work(relay, town.consumer()):
        async with town.load.running() as load:
            await load.writes(40)
            await until(lambda: town.outbox("sent_at is not null"), deadline=20)
            await refusal(town, watched.made[0])
            await load.writes(20)
            await until(lambda: len(watched.made) > 1, deadline=40)
            await load.writes(20)
        return f"a producer {refusal.__name__.replace('_', ' ')}: {await whole(town)}"
