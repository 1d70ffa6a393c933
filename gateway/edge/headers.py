"""Which headers pass the door, in and out. Both lists say what passes; everything else is dropped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

Raw = list[tuple[bytes, bytes]]

# What a client may say to a service. Identity, routing and connection headers are not here, so they never pass.
INBOUND = frozenset(
    {
        b"accept",
        b"accept-language",
        b"content-disposition",
        b"content-type",
        b"if-match",
        b"if-none-match",
        b"idempotency-key",
        b"range",
        b"if-range",
    }
)
# What a service may say to a client.
OUTBOUND = frozenset(
    {
        "accept-ranges", "allow", "cache-control", "content-disposition", "content-encoding", "content-language", "content-length",
        "content-range", "content-type", "etag", "last-modified", "link", "location", "retry-after", "vary",
    }
)  # fmt: skip
EXPOSED = b"ETag, Location, Link, Retry-After, Content-Disposition, WWW-Authenticate, X-Request-Id"
PREFLIGHT_HEADERS = b"Authorization, Content-Type, Content-Disposition, Accept-Language, If-Match, If-None-Match, Idempotency-Key, Range, X-Request-Id, traceparent"

SECURITY: Raw = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
CLOSED_CONTENT = (b"content-security-policy", b"sandbox; default-src 'none'; frame-ancestors 'none'")
TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


def inbound(headers: Raw) -> list[tuple[str, str]]:
    """The client's headers that go on to a service."""
    return [(name.decode("ascii"), _text(value)) for name, value in headers if name in INBOUND]


def _text(value: bytes) -> str:
    """The value so that the client library, which writes UTF-8, sends the same bytes."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def is_json(content_type: bytes | None) -> bool:
    """Whether a body is said to be JSON, of whatever kind."""
    kind = (content_type or b"").partition(b";")[0].strip().lower()
    return kind == b"application/json" or (kind.startswith(b"application/") and kind.endswith(b"+json"))


def is_encoded(headers: Raw) -> bool:
    """Whether the body is said to be compressed."""
    said = [value.strip().lower() for name, value in headers if name == b"content-encoding"]
    return any(value not in {b"", b"identity"} for value in said)


def outbound(headers: Iterable[tuple[str, str]], *, private: bool, service_url: str, alias: Mapping[str, str]) -> Raw:
    """The service's headers that go on to the client. `alias` replaces inner ids in addresses by what this caller calls them."""
    passed: Raw = []
    for name, value in headers:
        key = name.lower()
        if key not in OUTBOUND or (private and key == "cache-control"):
            continue
        if key in {"location", "link"}:
            passed.append((key.encode("ascii"), _outside(value, service_url, alias).encode("latin-1", "replace")))
            continue
        passed.append((key.encode("ascii"), value.encode("latin-1", "replace")))
    if private:
        passed.append((b"cache-control", b"no-store"))
    elif not any(name == b"cache-control" for name, _ in passed):
        passed.append((b"cache-control", b"no-cache"))
    return passed


def _outside(value: str, service_url: str, alias: Mapping[str, str]) -> str:
    value = value.replace(service_url, "")
    for inner, outer in alias.items():
        value = value.replace(inner, outer)
    return value


def request_id(headers: Raw) -> UUID:
    """The client's X-Request-Id when it is a UUID (anything else could say who it is about), else a new one."""
    for name, value in headers:
        if name == b"x-request-id":
            try:
                return UUID(value.decode("ascii"))
            except ValueError:
                break
    return uuid4()


def value_of(headers: Raw, wanted: bytes) -> bytes | None:
    """The first value of a header."""
    return next((value for name, value in headers if name == wanted), None)


@dataclass(frozen=True, slots=True)
class Cors:
    """The front-ends that may call from a browser: a list of origins, never `*`. No cookies, so no credentials."""

    origins: frozenset[bytes]

    def headers(self, origin: bytes | None) -> Raw:
        """What a response carries for a request from this origin."""
        if not self.origins:
            return []
        vary = (b"vary", b"Origin")
        if origin not in self.origins or origin is None:
            return [vary]
        return [vary, (b"access-control-allow-origin", origin), (b"access-control-expose-headers", EXPOSED)]

    def allows(self, origin: bytes | None) -> bool:
        """Whether a browser page of this origin may call."""
        return origin is not None and origin in self.origins

    @staticmethod
    def preflight(methods: Iterable[str]) -> Raw:
        """What the answer to a preflight says besides `headers`."""
        return [
            (b"access-control-allow-methods", ", ".join(methods).encode("ascii")),
            (b"access-control-allow-headers", PREFLIGHT_HEADERS),
            (b"access-control-max-age", b"600"),
        ]
