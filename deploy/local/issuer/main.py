"""Puts the two issuers together."""

from datetime import timedelta

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.middleware.cors import CORSMiddleware

from deploy.local.issuer import front, maskinporten
from deploy.local.issuer.clients import read_clients
from deploy.local.issuer.clock import OffsetClock
from deploy.local.issuer.idporten import discovery, login, logout, pushed, tokens
from deploy.local.issuer.idporten.provider import IdPorten
from deploy.local.issuer.keys import kept_secret
from deploy.local.issuer.maskinporten import Maskinporten
from deploy.local.issuer.refusals import Refused, answer_refused
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.issuer.signing import Issuer
from deploy.local.register.people import read_people
from shared.clock import Clock, SystemClock
from shared.settings import Environment

LOOPBACK_ORIGIN = r"http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?"


class Offset(BaseModel):
    """How far the issuers' clock is from the machine's."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"offset_seconds": 3600}]})

    offset_seconds: int = Field(ge=-(10**10), le=10**10)


def create(settings: IssuerSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Both issuers in one application. Keys that are missing in the state folder are made."""
    chosen = settings or IssuerSettings()
    if chosen.environment is Environment.PROD:
        raise SystemExit("The local issuer lets anyone be anyone: it does not start where ENVIRONMENT is prod.")
    app = FastAPI(title="Sømløs: local issuers", version="1", docs_url=None, redoc_url=None)
    _open(app, chosen, OffsetClock(clock or SystemClock()))
    app.add_exception_handler(Refused, answer_refused)
    app.add_middleware(
        CORSMiddleware,
        allow_origin_regex=LOOPBACK_ORIGIN,
        allow_methods=["GET", "POST"],
        allow_headers=["content-type"],
    )
    for part in (front, discovery, pushed, login, tokens, logout, maskinporten):
        app.include_router(part.routes)
    app.get("/health/live", summary="Alive")(_health)
    app.get("/health/ready", summary="Ready")(_health)
    if chosen.issuer_test:
        app.post("/test/clock", summary="Set the issuers' clock")(set_clock)
    return app


def _open(app: FastAPI, settings: IssuerSettings, clock: OffsetClock) -> None:
    clients = read_clients(settings)
    folder = settings.state_dir / "issuer"
    app.state.clock = clock
    app.state.idporten = IdPorten(
        issuer=Issuer.opened(f"{settings.base_url}/idporten", folder / "idporten.jwk.json", clock),
        clients=dict(clients.citizen),
        people=read_people(settings.people_file),
        salt=kept_secret(folder / "pairwise.secret"),
    )
    app.state.maskinporten = Maskinporten(
        issuer=Issuer.opened(f"{settings.base_url}/maskinporten", folder / "maskinporten.jwk.json", clock),
        clients=dict(clients.machine),
    )


async def set_clock(body: Offset, request: Request) -> dict[str, str]:
    """From now on the issuers' time is the machine's and so much more."""
    clock: OffsetClock = request.app.state.clock
    clock.offset = timedelta(seconds=body.offset_seconds)
    return {"now": clock.now().isoformat()}


async def _health() -> dict[str, str]:
    """The issuers have nothing that they wait for."""
    return {"status": "up"}
