import subprocess
import sys

from deploy.local.layout import ROOT
from tests.gateway.world import open_world
from tests.support.running import environment
from tests.support.until import until

LOADED = (
    "import gateway.main, sys; print([m for m in ('gateway.delivery', 'aiokafka', 'sqlalchemy') if m in sys.modules])"
)
AT_WORK = "select 1 from pg_stat_activity where datname = current_database() and usename = 'gateway'"


async def test_the_way_out_runs_beside_the_door_and_the_door_opens_without_a_broker(
    database, keys, tmp_path, monkeypatch
):
    clone = await database("gateway")
    for name, value in environment("gateway", folder=tmp_path, keys=keys, clone=clone).items():
        monkeypatch.setenv(name, value)
    async with open_world(tmp_path, somlos_run="all") as world:
        assert (await world.ask("GET", "/health/live")).status == 200
        await until(lambda: clone.rows(AT_WORK), deadline=20)
    assert await clone.rows(AT_WORK) == []


def test_a_door_alone_loads_neither_kafka_nor_a_database():
    found = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
