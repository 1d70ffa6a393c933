"""A service that does nearly nothing: it checks the internal token, traces and logs as every service does, and answers 1 KiB; as mapping it decides."""

import os
from pathlib import Path

import orjson
from fastapi import FastAPI, Request
from starlette.responses import Response

from shared import logging, telemetry
from shared.auth.dependencies import Anyone
from shared.auth.tokens import Verifier, read_public_keys
from shared.clock import SystemClock
from shared.edge import RequestEdge

FILLER = "x" * 1000


def create() -> FastAPI:
    """The service named THIN_NAME; THIN_PERSON is the guardian of every child that is asked about."""
    name, person = os.environ["THIN_NAME"], os.environ["THIN_PERSON"]
    logging.start(name)
    telemetry.start(name, traces_dir=Path(os.environ["TRACES_DIR"]), otlp_endpoint=None)
    app = FastAPI(openapi_url=None)
    app.add_middleware(RequestEdge, max_body_bytes=1024)
    app.state.verifier = Verifier(name, read_public_keys(Path(os.environ["KEYS_DIR"])), SystemClock())

    @app.get("/health/live")
    async def live() -> Response:
        return Response(b"{}", media_type="application/json")

    @app.get("/{path:path}")
    async def answer(path: str, caller: Anyone) -> Response:
        said = {"path": path, "kind": caller.kind, "text": FILLER}
        return Response(orjson.dumps(said), media_type="application/json")

    @app.post("/internal/decisions")
    async def decide(request: Request) -> Response:
        app.state.verifier.caller(request.headers["authorization"].removeprefix("Bearer "))
        asked = orjson.loads(await request.body())
        subjects = {person: {"ground": "self"}, asked["child"]: {"ground": "guardian"}}
        said = {"sub": person, "subjects": subjects, "child": asked["child"], "law_version": "thin"}
        return Response(orjson.dumps(said), media_type="application/json")

    return app
