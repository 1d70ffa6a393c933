"""The service with its worker at work on the real broker: what it tells and what it hears."""

from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from shared.events.access import AccessLogged
from tests.services.mapping.world import Register, World, known
from tests.support.clock import START
from tests.support.deliveries import record
from tests.support.until import until


async def test_a_change_reaches_the_topic_and_another_services_read_reaches_the_family(start, serve, broker):
    register = Register()
    mapping = await start("mapping", {"REGISTER_URL": await serve(register.app())}, worker=broker)
    world = World(mapping, register)
    family = world.family()
    child = await world.child_of(family.mother)
    assert (await world.tell(family.mother, child, known("rare_diagnosis", True))).status_code == 200
    await until(lambda: world.rows("select 1 from outbox having bool_and(sent_at is not null)"), deadline=60)

    told = AIOKafkaConsumer(
        "somlos.mapping.profile.v1",
        **broker.client("rights"),
        group_id=broker.group("rights"),
        auto_offset_reset="earliest",
    )
    await told.start()
    try:
        seen = []

        async def both_versions():
            for records in (await told.getmany(timeout_ms=200)).values():
                seen.extend(dict(r.headers)["ce_sequence"] for r in records if r.key == str(child).encode())
            return len(seen) == 2

        await until(both_versions, deadline=60)
    finally:
        await told.stop()
    assert seen == [b"0001.000000000001", b"0001.000000000002"]

    read = record(
        AccessLogged(
            row_id=uuid4(),
            child_id=child,
            service="rights",
            reader_kind="machine",
            organisation="312480018",
            purpose="case-handling",
            what="rights",
            occurred_at=START,
        )
    )
    producer = AIOKafkaProducer(**broker.client("rights"))
    await producer.start()
    try:
        await producer.send_and_wait(read.topic, read.value, key=read.key, headers=list(read.headers))
    finally:
        await producer.stop()
    kept = await until(lambda: world.rows("select reader from access_view where service = 'rights'"), deadline=60)
    assert kept == [{"reader": "312480018"}]
    ready = await mapping.get("/health/ready")
    assert ready.json()["status"] == "ready"
