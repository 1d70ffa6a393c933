"""How much of a service's throughput is left behind the gateway: `python -m tests.bench.gateway_proxy`.

Processes on this machine: a FastAPI service that checks the internal token, traces, logs and answers 1 KiB (as each service does,
but with no database), a mapping that decides likewise, the gateway, and this one, which asks. The same requests go straight to the
service and through the gateway, in turns. CPU per request says what the gateway itself costs, whatever else the machine does.
"""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import orjson
import psutil
from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey
from starlette.responses import JSONResponse, Response

from shared import logging, telemetry
from shared.auth.dependencies import Anyone
from shared.auth.principals import PUBLIC, Kind, Principal, Subject
from shared.auth.tokens import Signer, Verifier, read_key, read_public_keys
from shared.clock import SystemClock
from shared.edge import RequestEdge
from shared.serve import serve
from tests.gateway.issuer import MOTHER
from tests.support.until import until


def free_port() -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


SECONDS, ROUNDS, AT_ONCE = 1.0, 9, 16
PARTS = ("gateway", "mapping", "rights", "issuer")
PORTS = {part: int(os.environ.get(f"BENCH_PORT_{part.upper()}") or free_port()) for part in PARTS}
CHILD, PERSON = uuid4(), uuid4()
AUDIENCE = f"http://127.0.0.1:{PORTS['gateway']}"
ISSUER = f"http://127.0.0.1:{PORTS['issuer']}"
FILLER = "x" * 1000


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")


def service() -> FastAPI:
    """Answers 1 KiB after checking the token, as each service does; as mapping it decides, as issuer it shows its key."""
    name, traces = os.environ["BENCH_NAME"], Path(os.environ["TRACES_DIR"])
    logging.start(name)
    telemetry.start(name, traces_dir=traces, otlp_endpoint=None)
    app = FastAPI(openapi_url=None)
    app.add_middleware(RequestEdge, max_body_bytes=1024)
    app.state.verifier = Verifier(name, read_public_keys(Path(os.environ["KEYS_DIR"])), SystemClock())

    @app.get("/{path:path}")
    async def answer(path: str, caller: Anyone) -> Response:
        return Response(
            orjson.dumps({"path": path, "kind": caller.kind, "text": FILLER}), media_type="application/json"
        )

    @app.post("/internal/decisions")
    async def decide(request: Request) -> Response:
        app.state.verifier.caller(request.headers["authorization"].removeprefix("Bearer "))
        asked = orjson.loads(await request.body())
        subjects = {os.environ["BENCH_PERSON"]: {"ground": "self"}, asked["child"]: {"ground": "guardian"}}
        return Response(
            orjson.dumps({"sub": os.environ["BENCH_PERSON"], "subjects": subjects, "child": asked["child"]}),
            media_type="application/json",
        )

    return app


def issuer() -> FastAPI:
    """Shows its key."""
    app = FastAPI(openapi_url=None)
    keys = {"keys": [json.loads(Path(os.environ["BENCH_ISSUER_KEY"]).read_text(encoding="utf-8"))]}

    @app.get("/.well-known/openid-configuration")
    async def about() -> Response:
        return JSONResponse({"issuer": ISSUER, "jwks_uri": ISSUER + "/jwks"})

    @app.get("/jwks")
    async def jwks() -> Response:
        return JSONResponse(keys)

    return app


FACTORIES = {
    "gateway": "gateway.main:create",
    "mapping": "tests.bench.gateway_proxy:service",
    "rights": "tests.bench.gateway_proxy:service",
    "issuer": "tests.bench.gateway_proxy:issuer",
}


def environment(folder: Path) -> dict[str, str]:
    """The settings of all processes."""
    own = {f"{name.upper()}_URL": f"http://127.0.0.1:{port}" for name, port in PORTS.items()}
    rates = {f"{kind}_{what}".upper(): "1000000" for kind in ("citizen", "public") for what in ("rate", "burst")}
    away = {f"{name.upper()}_URL": "http://127.0.0.1:9" for name in ("catalog", "applications", "status")}
    return {
        **os.environ, **{f"BENCH_PORT_{part.upper()}": str(port) for part, port in PORTS.items()}, **own, **rates, **away,
        "ENVIRONMENT": "test", "LOG_LEVEL": "INFO", "KEYS_DIR": str(folder), "SIGNING_KEY_FILE": str(folder / "gateway.jwk.json"), "PUBLIC_URL": AUDIENCE,
        "IDPORTEN_ISSUER": ISSUER, "MASKINPORTEN_ISSUER": ISSUER + "/other", "BENCH_ISSUER_KEY": str(folder / "issuer.jwk.json"), "BENCH_PERSON": str(PERSON),
        "TRACES_DIR": str(folder / "traces"),
    }  # fmt: skip


def citizen_token(key: RSAKey) -> str:
    """A person's access token of the issuer."""
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "pid": MOTHER,
        "acr": "idporten-loa-high",
        "scope": "openid",
        "iat": now,
        "exp": now + 3000,
    }
    return jwt.encode({"alg": "RS256", "kid": "bench"}, claims, key)


async def throughput(session: aiohttp.ClientSession, url: str, token: str | None) -> float:
    """Requests a second."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    ends, done = time.perf_counter() + SECONDS, 0

    async def ask() -> None:
        nonlocal done
        while time.perf_counter() < ends:
            async with session.get(url, headers=headers) as answer:
                content = await answer.read()
                if answer.status != 200:
                    raise RuntimeError(
                        f"{url}: {answer.status} {answer.headers.get('WWW-Authenticate')} {content[:300]!r}"
                    )
                done += 1

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return done / (time.perf_counter() - began)


def cpu_seconds(process: int) -> float:
    """What the process has used so far."""
    used = psutil.Process(process).cpu_times()
    return float(used.user + used.system)


async def reachable(session: aiohttp.ClientSession) -> None:
    """Waits until every process answers."""

    async def answers(port: int) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{port}/health/live"):
                return True
        except aiohttp.ClientError:
            return False

    for port in PORTS.values():
        await until(partial(answers, port), 20)


async def measure(folder: Path, key: RSAKey, gateway: int) -> None:
    """Prints both ways' figures and the ratios."""
    signer = Signer("gateway", read_key(folder / "gateway.jwk.json"), SystemClock())
    subjects = {PERSON: Subject("self"), CHILD: Subject("guardian")}
    inner = Principal(Kind.CITIZEN, str(PERSON), action="rights.read", subjects=subjects)
    path = f"/rights/v1/children/{CHILD}"
    direct = f"http://127.0.0.1:{PORTS['rights']}"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await reachable(session)
        ways: dict[str, Any] = {
            "service directly, a person's token": lambda: throughput(
                session, direct + path, signer.token("rights", inner)
            ),
            "through the gateway, decided by mapping": lambda: throughput(session, AUDIENCE + path, citizen_token(key)),
            "mapping directly, public token": lambda: throughput(
                session, f"http://127.0.0.1:{PORTS['mapping']}/mapping/v1/facts", signer.token("mapping", PUBLIC)
            ),
            "through the gateway, public": lambda: throughput(session, AUDIENCE + "/mapping/v1/facts", None),
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                before = cpu_seconds(gateway)
                figure = await way()
                found[name].append((figure, (cpu_seconds(gateway) - before) / (figure * SECONDS) * 1000))
    median = {name: statistics.median(figure for figure, _ in figures) for name, figures in found.items()}
    for name, figure in median.items():
        cpu = statistics.median(cpu for _, cpu in found[name])
        say(
            f"{name:42s} {figure:7.0f} requests/s"
            + (f"   {cpu:.2f} ms CPU each in the gateway" if "through" in name else "")
        )
    straight, decided, open_straight, open_proxied = ([figure for figure, _ in figures] for figures in found.values())
    say(f"\nratio, decided by mapping on each request: {ratio(decided, straight):.2f}")
    say(f"ratio, public:                             {ratio(open_proxied, open_straight):.2f}")


def ratio(proxied: list[float], direct: list[float]) -> float:
    """The median of the rounds' own ratios: what else the machine does in a round slows both ways."""
    return statistics.median(one / other for one, other in zip(proxied, direct, strict=True))


def main() -> None:
    """Starts the processes, measures, stops them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inner = OKPKey.generate_key("Ed25519", {"kid": "gateway"})
        (folder / "gateway.jwk.json").write_text(json.dumps(inner.as_dict(private=True)), encoding="utf-8")
        (folder / "gateway.public.jwk.json").write_text(json.dumps(inner.as_dict(private=False)), encoding="utf-8")
        key = RSAKey.generate_key(2048, {"kid": "bench", "use": "sig"})
        (folder / "issuer.jwk.json").write_text(json.dumps(key.as_dict(private=False)), encoding="utf-8")
        command = [sys.executable, "-m", "tests.bench.gateway_proxy", "serve"]
        with (folder / "log").open("w", encoding="utf-8") as log:
            running = {
                part: subprocess.Popen([*command, part], env=environment(folder) | {"BENCH_NAME": part}, stderr=log)
                for part in FACTORIES
            }
            try:
                say(
                    f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {AT_ONCE} at once, median of {ROUNDS} rounds of {SECONDS:.0f} s"
                )
                asyncio.run(measure(folder, key, running["gateway"].pid))
            finally:
                for process in running.values():
                    process.terminate()
                for process in running.values():
                    process.wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(FACTORIES[sys.argv[2]], port=PORTS[sys.argv[2]])
    else:
        main()
