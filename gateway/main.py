"""Puts the gateway together and runs it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.responses import Response

from gateway.edge import documents, health
from gateway.edge.door import Door
from gateway.edge.headers import Cors
from gateway.edge.inside import open_inside
from gateway.edge.keys import FetchJson
from gateway.edge.problems import answer
from gateway.edge.routes import ROUTES, RouteTable, within
from gateway.overview import api as overview
from gateway.settings import Settings
from shared import logging, telemetry
from shared.clock import Clock, SystemClock
from shared.domain import DomainError
from shared.serve import serve
from shared.settings import Environment

DEFAULT_PORT = 8080


def create(settings: Settings | None = None, clock: Clock | None = None, fetch: FetchJson | None = None) -> Door:
    """The gateway as an ASGI application. `fetch`: another way to the issuers' documents than HTTP."""
    chosen = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        logging.start("gateway", chosen.log_level)
        spans = telemetry.start(
            "gateway", traces_dir=chosen.traces_dir, otlp_endpoint=chosen.otel_exporter_otlp_endpoint
        )
        async with open_inside(chosen, clock or SystemClock(), fetch) as app.state.inside, _delivery(chosen, clock):
            yield
        if spans:
            spans.shutdown()

    local = FastAPI(
        title="Sømløs gateway", version="1", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None
    )
    routes = within(ROUTES, request_seconds=chosen.request_seconds, upload_seconds=chosen.upload_seconds)
    local.state.settings, local.state.documents = chosen, documents.Documents(chosen, local, routes)
    for router in (documents.router, health.router, overview.router):
        local.include_router(router)
    local.add_exception_handler(DomainError, _refused)
    prod = chosen.environment is Environment.PROD
    return Door(local, RouteTable(routes), Cors(chosen.origins), transport_security=prod)


@asynccontextmanager
async def _delivery(settings: Settings, clock: Clock | None) -> AsyncIterator[None]:
    """The way out to partners, beside the door where one process shall do both. Alone, the door holds no database and no Kafka user."""
    if settings.somlos_run == "api":
        yield
        return
    from gateway.delivery import worker  # so that a door alone does not even load it
    from shared.worker import running

    async with running(worker.definition(clock=clock)):
        yield


async def _refused(request: Request, error: Exception) -> Response:
    """A refusal inside one of the gateway's own routes, told as at the door."""
    return answer(error, request.scope["somlos.lang"], request.scope["somlos.request_id"])


if __name__ == "__main__":
    serve(
        "gateway.main:create",
        port=int(os.environ.get("SOMLOS_GATEWAY_PORT") or DEFAULT_PORT),
        header_seconds=Settings().header_seconds,
    )
