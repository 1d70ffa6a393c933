"""How the issuers say no: OAuth's JSON to a program (RFC 6749 § 5.2)."""

from fastapi import Request
from starlette.responses import JSONResponse, Response

UNAUTHORIZED = 401
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class Refused(Exception):
    """A request that is refused: the standard code, a sentence for the developer, the HTTP status."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error, self.description, self.status = error, description, status


async def answer_refused(_: Request, fault: Exception) -> Response:
    """The refusal as JSON, never to be stored."""
    assert isinstance(fault, Refused)
    challenge = {"WWW-Authenticate": 'Basic realm="somlos"'} if fault.status == UNAUTHORIZED else {}
    body = {"error": fault.error, "error_description": fault.description}
    return JSONResponse(body, fault.status, {**NO_STORE, **challenge})
