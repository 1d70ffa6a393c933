"""The gateway as a process, configured by its environment alone."""

import asyncio
import json
import os
import signal
import socket
import sys
from uuid import uuid4

import aiohttp
import pytest
from joserfc.jwk import OKPKey

from tests.architecture.sources import ROOT
from tests.gateway.issuer import MOTHER
from tests.support.until import until


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
async def process(tmp_path):
    """A running gateway with no service behind it, and its address."""
    key = OKPKey.generate_key("Ed25519", {"kid": "gateway"})
    (tmp_path / "gateway.jwk.json").write_text(json.dumps(key.as_dict(private=True)))
    port, nobody = free_port(), f"http://127.0.0.1:{free_port()}"
    environment = {
        "PATH": os.environ["PATH"],
        "ENVIRONMENT": "test",
        "SOMLOS_RUN": "api",
        "SOMLOS_GATEWAY_PORT": str(port),
        "KEYS_DIR": str(tmp_path),
        "SIGNING_KEY_FILE": str(tmp_path / "gateway.jwk.json"),
        "TRACES_DIR": str(tmp_path / "traces"),
        "IDPORTEN_ISSUER": f"{nobody}/idporten",
        "MASKINPORTEN_ISSUER": f"{nobody}/maskinporten",
        **{f"{name}_URL": nobody for name in ("MAPPING", "RIGHTS", "CATALOG", "APPLICATIONS", "STATUS")},
    }
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gateway.main", cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
    )
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:

        async def alive():
            assert running.returncode is None, await running.stderr.read()
            try:
                async with client.get("/health/live") as answer:
                    return answer.ok
            except aiohttp.ClientError:
                return False

        await until(alive, 30)
        yield running, client
    if running.returncode is None:
        running.kill()
        await running.wait()


async def test_its_log_and_traces_name_routes_and_reasons_never_who_or_what_was_asked(process, tmp_path):
    running, client = process
    child = str(uuid4())
    for path in (
        f"/mapping/v1/children/{child}",
        f"/mapping/v1/children/{MOTHER}",
        f"/nothing/{child}?a={child}",
        "/mapping/v1/facts",
    ):
        async with client.get(path) as answer:
            assert answer.status in (400, 401, 404, 503)
    running.send_signal(signal.SIGTERM)
    logged = (await running.stderr.read()).decode()
    await running.wait()
    lines = [json.loads(line) for line in logged.splitlines()]
    answered = [
        (line["route"], line["status"], line["refused"]) for line in lines if line["event"] == "request answered"
    ]
    assert answered == [
        ("/mapping/v1/children/{child_id}", 401, "missing"),
        ("unmatched", 400, "NationalIdInAddress"),
        ("unmatched", 404, "NotFound"),
        ("/mapping/v1/facts", 503, "Unavailable"),
    ]
    traces = (tmp_path / "traces" / "gateway.jsonl").read_text(encoding="utf-8")
    assert "GET /mapping/v1/children/{child_id}" in traces
    for told in (logged, traces):
        assert child not in told
        assert MOTHER not in told


async def test_it_says_which_services_are_away(process):
    _, client = process
    async with client.get("/health/ready") as answer:
        assert (answer.status, (await answer.json())["status"]) == (200, "degraded")
    async with client.get("/docs") as answer:
        assert "did not answer" in await answer.text()
