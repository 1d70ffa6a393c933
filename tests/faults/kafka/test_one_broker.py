"""The one broker of a small installation dies or stands still under load: writes go on, health says so, and all of it arrives, once and in order."""

from tests.faults.kafka.load import say, whole, world
from tests.faults.kafka.rounds import timed
from tests.support.until import until


async def test_what_is_written_while_the_broker_is_dead_arrives_once_and_in_order(toy, lone, start):
    service = await start("rights", worker=lone)
    async with world(toy, lone) as town:
        async with town.load.running() as load:
            await load.writes(60)
            await until(lambda: says(service, "ready"), deadline=30)
            await lone.kill(1)
            await load.writes(60)
            await until(lambda: says(service, "degraded"), deadline=10)
            back = await timed(lone.start(1))
            await load.writes(40)
            await until(lambda: says(service, "ready"), deadline=30)
        say(f"one broker, kill -9: back in {back:.1f} s; {await whole(town)}")


async def says(service, state):
    answer = await service.get("/health/ready")
    return answer.status_code == 200 and answer.json()["status"] == state


async def test_what_is_written_while_the_broker_stands_still_arrives_once_and_in_order(toy, lone):
    async with world(toy, lone) as town:
        async with town.load.running() as load:
            await load.writes(60)
            lone.freeze(1)
            await load.writes(100)
            lone.thaw(1)
            await load.writes(40)
        say(f"one broker, stopped and continued: {await whole(town)}")
