"""Reading the form of a request: each parameter once (RFC 6749 § 3.1)."""

from urllib.parse import parse_qsl

from fastapi import Request

from deploy.local.issuer.refusals import Refused

FORM = "application/x-www-form-urlencoded"
LONGEST = 16_384


class Form:
    """The parameters of a request. An empty one counts as left out."""

    def __init__(self, pairs: list[tuple[str, str]], *, repeatable: frozenset[str] = frozenset()) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            if value:
                self._values.setdefault(name, []).append(value)
        for name, values in self._values.items():
            if len(values) > 1 and name not in repeatable:
                raise Refused("invalid_request", f"The parameter {name} is there more than once.")

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def get(self, name: str) -> str | None:
        """The parameter, or None."""
        return self.all(name)[0] if name in self._values else None

    def all(self, name: str) -> list[str]:
        """Each value of a parameter that may be repeated."""
        return self._values.get(name, [])

    def need(self, name: str) -> str:
        """The parameter. Without it the request is refused."""
        value = self.get(name)
        if value is None:
            raise Refused("invalid_request", f"The parameter {name} is missing.")
        return value


async def read_form(request: Request, *, repeatable: frozenset[str] = frozenset()) -> Form:
    """The form of a POST."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise Refused("invalid_request", f"The body must be {FORM}.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise Refused("invalid_request", "The body is too long.", 413)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=50)
    except ValueError as fault:
        raise Refused("invalid_request", "The body cannot be read.") from fault
    return Form(pairs, repeatable=repeatable)
