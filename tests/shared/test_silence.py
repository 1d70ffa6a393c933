"""Neither the log nor a trace of a running service says anything of a person, whatever the request held and wherever it failed."""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.support.keeper import free_port
from tests.support.run import ROOT
from tests.support.running import NOWHERE
from tests.support.until import until

NUMBER, NAME, WORDS = "14838836047", "Lun Solstråle", "Hun tegner helst på kjøkkengulvet"
PERSONAL = (NUMBER, NAME, "Solstr", "kjøkkengulvet", "Bearer ey")
TRACE = "0af7651916cd43dd8448eb211c80319c"


@asynccontextmanager
async def process(folder, keys):
    """The toy service as a process, its log and traces in `folder`."""
    port = free_port()
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "TOY_PORT": str(port),
        "ENVIRONMENT": "test",
        "KEYS_DIR": str(keys.public),
        "SIGNING_KEY_FILE": str(keys.private("rights")),
        "MAPPING_URL": NOWHERE,
        "TRACES_DIR": str(folder / "traces"),
    }
    with (folder / "log").open("wb") as log:
        started = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.shared.toy_app", cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        await started.wait()


async def talk(url):
    """Requests that hold a person in every place there is."""
    headers = {
        "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
        "Authorization": f"Bearer ey{NUMBER}",
        "X-Name": "Solstr",
    }
    async with httpx.AsyncClient(base_url=url, headers=headers) as http:
        await until(lambda: answers(http), deadline=20)
        return [
            await http.get(f"/toy/v1/crash/{NUMBER}", params={"words": WORDS}),
            await http.get(f"/toy/v1/nowhere/{NUMBER}", params={"name": NAME}),
            await http.get(f"/toy/v1/children/{NUMBER}", params={"name": NAME}),
            await http.post(
                "/toy/v1/notes", json={"words": WORDS, "count": NUMBER}, headers={"Idempotency-Key": NUMBER}
            ),
            await http.post(
                "/toy/v1/notes", content=f'{{"words": "{NAME}'.encode(), headers={"Idempotency-Key": "my-own-key"}
            ),
            await http.patch(f"/toy/v1/notes/{NUMBER}", json={NUMBER: NAME}, headers={"If-Match": NUMBER}),
            await http.request("PROPFIND", f"/toy/v1/{NUMBER}"),
        ]


async def answers(http):
    try:
        return (await http.get("/health/live")).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
async def said(tmp_path_factory, keys):
    folder = tmp_path_factory.mktemp("silence")
    async with process(folder, keys) as url:
        answered = await talk(url)
    log = (folder / "log").read_text()
    spans = [json.loads(line) for line in (folder / "traces" / "toy.jsonl").read_text().splitlines()]
    return answered, log, spans


async def test_the_requests_were_handled_and_failed_in_many_ways(said):
    answered, _, _ = said
    assert [answer.status_code for answer in answered][:3] == [500, 404, 401]
    assert {answer.status_code for answer in answered} >= {400, 401, 404, 500}


async def test_the_log_names_no_person(said):
    _, log, _ = said
    assert [word for word in PERSONAL if word in log] == []


async def test_the_log_is_json_and_says_what_failed_and_where(said):
    _, log, _ = said
    lines = [json.loads(line) for line in log.splitlines()]
    [failed] = [line for line in lines if line["event"] == "request failed"]
    assert failed["error"] == "RuntimeError"
    assert any("toy_app" in place for place in failed["at"])
    assert {line["route"] for line in lines if line["event"] == "request answered"} >= {
        "/toy/v1/crash/{person}",
        "unmatched",
    }


async def test_a_trace_names_no_person_and_goes_on_from_the_caller(said):
    _, _, spans = said
    assert spans
    text = json.dumps(spans, ensure_ascii=False)
    assert [word for word in PERSONAL if word in text] == []
    assert {span["trace_id"] for span in spans if span["kind"] == "server"} == {TRACE}
    assert "GET /toy/v1/crash/{person}" in {span["name"] for span in spans}


async def test_a_log_line_carries_its_trace(said):
    _, log, _ = said
    assert {json.loads(line).get("trace_id") for line in log.splitlines() if "request answered" in line} == {TRACE}


async def test_no_answer_echoes_the_person(said):
    answered, _, _ = said
    assert [answer.request.url.path for answer in answered for word in PERSONAL if word in answer.text] == []
