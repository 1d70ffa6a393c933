"""Puts a service together: lifespan, health, problems, telemetry, request log."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from shared import logging, problems, telemetry
from shared.auth.tokens import Signer, Verifier, read_key, read_public_keys
from shared.clock import Clock, SystemClock
from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db.transaction import AccessRow, Database, Transaction, tell_on_topic
from shared.domain import DomainError, FieldFault, InvalidInput, OutcomeUnknown, Unavailable
from shared.edge import RequestEdge
from shared.health import Checks
from shared.problems import Problem
from shared.settings import ProcessSettings, ServiceSettings
from shared.texts import parse_language
from shared.validation import faults_of

DEFAULT_BODY_BYTES = 64 * 1024
_READING = frozenset({"GET", "HEAD"})
log = logging.get("app")
Part = Callable[[FastAPI], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """What a service is made of. `parts` are entered at start and left at stop (clients, the worker); they find their resources on
    `app.state`: settings, clock, signer, verifier, checks, and with a database also sealer and database."""

    name: str
    settings: ProcessSettings
    routers: Sequence[APIRouter]
    problems: Mapping[type[DomainError], Problem] = field(default_factory=dict)
    parts: Sequence[Part] = ()
    tell: Callable[[Transaction, AccessRow], Awaitable[None]] = tell_on_topic
    max_body_bytes: int = DEFAULT_BODY_BYTES
    larger_bodies: Mapping[str, int] = field(default_factory=dict)
    """Bytes that a request may carry where its path matches the pattern; `max_body_bytes` everywhere else."""


def create_service(blueprint: Blueprint, *, clock: Clock | None = None) -> FastAPI:
    """A FastAPI with all that a service shares. With `ServiceSettings` it has a database."""
    name, settings = blueprint.name, blueprint.settings

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        logging.start(name, settings.log_level)
        spans = telemetry.start(
            name, traces_dir=settings.traces_dir, otlp_endpoint=settings.otel_exporter_otlp_endpoint
        )
        async with AsyncExitStack() as stack:
            if isinstance(settings, ServiceSettings):
                stack.push_async_callback(_open_database(app, settings, blueprint).close)
            for part in blueprint.parts:
                await stack.enter_async_context(part(app))
            yield
        if spans:
            spans.shutdown()

    app = FastAPI(
        title=f"Sømløs {name}",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    app.state.settings, app.state.clock, app.state.checks = settings, clock or SystemClock(), Checks()
    app.state.signer = Signer(name, read_key(settings.signing_key_file), app.state.clock)
    app.state.verifier = Verifier(name, read_public_keys(settings.keys_dir), app.state.clock)
    if isinstance(settings, ServiceSettings):
        app.state.sealer = Sealer(FileKeyProvider(settings.data_keys_dir, name, read_hex_key(settings.master_key_file)))
    for router in blueprint.routers:
        app.include_router(router)
    _add_health(app)
    add_problem_handlers(app, blueprint.problems)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend the document
    app.add_middleware(RequestEdge, max_body_bytes=blueprint.max_body_bytes, larger_bodies=blueprint.larger_bodies)
    return app


def _open_database(app: FastAPI, settings: ServiceSettings, blueprint: Blueprint) -> Database:
    state, url = app.state, settings.database_url.get_secret_value()
    database = Database(
        url,
        service=blueprint.name,
        sealer=state.sealer,
        pool_size=settings.api_pool_size,
        clock=state.clock,
        tell=blueprint.tell,
    )
    state.database = database
    state.checks.needed["database"] = database.answers
    return database


def add_problem_handlers(app: FastAPI, known: Mapping[type[DomainError], problems.Problem]) -> None:
    """Every refusal and fault leaves as problem+json in the caller's language."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, DomainError)
        problem = problems.find(error, known)
        if problem is None:
            raise error
        if isinstance(error, OutcomeUnknown) and request.method in _READING:
            problem = problems.UNAVAILABLE  # a read that was not answered has changed nothing
        faults = error.faults if isinstance(error, InvalidInput) else ()
        response = _render(request, problem, facts=vars(error), faults=faults)
        if isinstance(error, Unavailable):
            response.headers["Retry-After"] = str(error.retry_after_seconds)
        log.info("request refused", problem=problem.slug, status=problem.status, cause=getattr(error, "system", None))
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        status, faults = faults_of(error.errors())
        return _render(request, problems.BY_STATUS[status], faults=faults)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = _render(request, problems.BY_STATUS.get(error.status_code, problems.MALFORMED))
        response.headers.update(error.headers or {})
        return response

    app.add_exception_handler(DomainError, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _render(
    request: Request,
    problem: problems.Problem,
    *,
    facts: Mapping[str, Any] | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> Response:
    lang = parse_language(request.headers.get("accept-language"))
    return problems.render(
        problem, lang, instance=request.scope.get("somlos.instance", "urn:uuid:unknown"), facts=facts, faults=faults
    )


def _add_health(app: FastAPI) -> None:
    @app.get("/health/live", include_in_schema=False)
    async def live() -> dict[str, str]:
        """The process runs."""
        return {"status": "ok"}

    @app.get("/health/ready", include_in_schema=False)
    async def ready() -> JSONResponse:
        """Ready: everything needed answers. Degraded: something useful, such as Kafka, is away."""
        status, body = await app.state.checks.run()
        return JSONResponse(body, status)


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(title=app.title, version=app.version, routes=app.routes, separate_input_output_schemas=False)
    document.setdefault("components", {}).setdefault("schemas", {}).update(problems.openapi_components())
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute) and context.original_route.include_in_schema:
            _mark(document["paths"].get(context.path_format, {}), context.original_route)
    app.openapi_schema = document
    return document


def _mark(path: dict[str, Any], route: APIRoute) -> None:
    """Says who may call the route, and that a fault of the input is a problem and not FastAPI's own shape."""
    access = next((a for d in route.dependant.dependencies if (a := getattr(d.call, "access", None))), None)
    for method in route.methods or ():
        operation = path[method.lower()]
        operation["x-access"] = access
        if "422" in operation["responses"]:
            operation["responses"]["422"] = problems.responses(422)[422]


def add_part(resource: str, make: Callable[[FastAPI], Any]) -> Part:
    """A part that keeps a client on `app.state.<resource>` and closes it at stop."""

    @asynccontextmanager
    async def part(app: FastAPI) -> AsyncIterator[None]:
        client = make(app)
        setattr(app.state, resource, client)
        try:
            yield
        finally:
            await client.close()

    return part
