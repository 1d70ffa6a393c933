"""The callers that an endpoint may ask for, as annotated dependencies. They mark the route in the OpenAPI."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from shared.auth.principals import Kind, Principal
from shared.auth.tokens import Verifier
from shared.domain import Forbidden
from shared.problems import Unauthenticated

ACCESS = {
    frozenset({Kind.CITIZEN}): "citizen",
    frozenset({Kind.MACHINE}): "machine",
    frozenset({Kind.CITIZEN, Kind.MACHINE}): "both",
    frozenset({Kind.WORKER}): "internal",
    frozenset(Kind): "public",
}


def bearer(request: Request) -> str:
    """The one bearer token of the request. Raises Unauthenticated."""
    values = request.headers.getlist("authorization")
    scheme, _, token = values[0].partition(" ") if len(values) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    return token.strip()


def _caller_of(*kinds: Kind) -> Callable[[Request], Awaitable[Principal]]:
    accepted = frozenset(kinds)

    async def caller(request: Request) -> Principal:
        verifier: Verifier = request.app.state.verifier
        principal = verifier.principal(bearer(request))
        if principal.kind not in accepted:
            raise Forbidden
        request.scope["somlos.principal"] = principal
        return principal

    caller.access = ACCESS[accepted]  # type: ignore[attr-defined]  # read by the OpenAPI writer
    return caller


async def known_process(request: Request) -> str:
    """The name of the process whose assertion came with the request (gateway or a worker)."""
    verifier: Verifier = request.app.state.verifier
    return verifier.caller(bearer(request))


known_process.access = "internal"  # type: ignore[attr-defined]  # read by the OpenAPI writer

Citizen = Annotated[Principal, Depends(_caller_of(Kind.CITIZEN))]
Machine = Annotated[Principal, Depends(_caller_of(Kind.MACHINE))]
CitizenOrMachine = Annotated[Principal, Depends(_caller_of(Kind.CITIZEN, Kind.MACHINE))]
Worker = Annotated[Principal, Depends(_caller_of(Kind.WORKER))]
Anyone = Annotated[Principal, Depends(_caller_of(*Kind))]
Process = Annotated[str, Depends(known_process)]
