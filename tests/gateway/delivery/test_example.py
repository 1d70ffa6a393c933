"""The example for agencies, run as anyone would run it."""

import asyncio
import json
import sys
from uuid import uuid4

import pytest
from fastapi import FastAPI, Request

from deploy.local.layout import ROOT
from tests.gateway.delivery.stories import GJOVIK, HAMAR, NAV, STATUSES, Application
from tests.support.until import until

EXAMPLE = ROOT / "examples" / "kafka_consumer.py"


async def run(*words: str, environment: dict[str, str]) -> tuple[int, list[dict], str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(EXAMPLE),
        *words,
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, told = await asyncio.wait_for(process.communicate(), 60)
    except TimeoutError:
        process.kill()
        raise
    return process.returncode or 0, [json.loads(line) for line in out.splitlines()], told.decode()


@pytest.fixture
def environment(broker):
    return lambda organisation: {**broker.user(organisation), "PATH": ""}


async def test_the_example_reads_every_event_once_and_follows_its_reference(
    delivery, environment, partner, serve, tmp_path
):
    asked = []
    gateway = FastAPI()

    @gateway.get("/applications/v1/inbox/{application_id}")
    async def read(application_id: str, request: Request) -> dict[str, str]:
        asked.append((application_id, request.headers["authorization"]))
        return {}

    application = Application(GJOVIK)
    nav = partner(GJOVIK)
    await delivery.tell(application.records())
    await until(lambda: nav.heard(4, application.id), deadline=60)
    on_topic = len(nav.messages)
    state, group = str(tmp_path / "cases.db"), f"test-{uuid4().hex[:8]}"
    words = ("--count", str(on_topic), "--state", state, "--group")
    calling = {**environment(GJOVIK), "SOMLOS_TOKEN": "a-token", "SOMLOS_GATEWAY": await serve(gateway)}
    code, told, said = await run(*words, group, environment=calling)
    assert (code, said) == (0, "")
    own = [line for line in told if line["application_id"] == str(application.id)]
    assert [(line["outcome"], line["status"], line["read"]) for line in own] == [
        ("applied", status, 200) for status in ("submitted", *STATUSES)
    ]
    assert asked.count((str(application.id), "Bearer a-token")) == 4
    _, again, _ = await run(*words, group + "b", environment=environment(GJOVIK))
    assert {line["outcome"] for line in again if line["application_id"] == str(application.id)} == {"duplicate"}


async def test_the_example_says_that_anothers_topic_is_refused(environment):
    topic = f"partner.{NAV}.events.v1"
    code, told, said = await run("--topic", topic, environment=environment(HAMAR))
    assert (code, told) == (2, [])
    assert said.startswith("refused: ")


async def test_the_example_finds_the_local_cluster_by_itself(tmp_path):
    code, _, said = await run("--organisation", NAV, environment={"PATH": "", "SOMLOS_STATE_DIR": str(tmp_path)})
    assert code == 1
    assert "make up" in said
