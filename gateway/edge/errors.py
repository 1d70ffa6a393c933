"""What the door may refuse, each with the facts that explain it."""

from enum import StrEnum

from shared.domain import DomainError
from shared.problems import Unauthenticated


class Reason(StrEnum):
    """Why an outside token was refused; said to the client's developer and to our log, never with a value from the token."""

    MISSING = "missing"
    REPEATED = "several_authorization_headers"
    TOO_LONG = "longer_than_8_kib"
    SCHEME = "not_bearer"
    FORM = "not_a_signed_jwt"
    HEADER = "header_parameter_not_accepted"
    KEY_ID = "no_key_id"
    ALGORITHM = "algorithm_not_accepted"
    ISSUER = "unknown_issuer"
    KEY = "unknown_key"
    SIGNATURE = "bad_signature"
    EXPIRED = "expired"
    TIMES = "times_not_accepted"
    LIFETIME = "lives_too_long"
    AUDIENCE = "other_audience"
    NOT_ACCESS_TOKEN = "not_an_access_token"  # noqa: S105  (a reason, not a secret)
    BOUND = "sender_constrained"
    SCOPE = "no_scope"
    PERSON = "no_valid_person"
    LEVEL = "security_level_too_low"
    ORGANISATION = "no_valid_organisation"


class Refused(Unauthenticated):
    """The outside token is not accepted."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class MissingScope(DomainError):
    """The organisation's token lacks the scope of this route."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class WrongKindOfCaller(DomainError):
    """A citizen at an organisation's route, or the other way round."""


class BadPath(DomainError):
    """The address holds something that no address here holds (`..`, `//`, an encoded slash)."""


class NationalIdInAddress(BadPath):
    """A national identity number stands in the address, where logs and histories would keep it."""


class MethodNotAllowed(DomainError):
    """The address exists, with other methods."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__(", ".join(allowed))
        self.allowed = allowed


class TooManyRequests(DomainError):
    """The caller has used up its share for now."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("rate limit")
        self.retry_after_seconds = retry_after_seconds


class HeadersTooLarge(DomainError):
    """The headers together, or the query, are longer than accepted."""


class NotJson(DomainError):
    """The body is said to be something else than JSON, or nothing is said of it."""


class EncodedBody(DomainError):
    """The body is compressed: what is small outside must not grow inside."""


class BodyTooSlow(DomainError):
    """The body did not arrive within the route's time."""


class ClientGone(DomainError):
    """The client closed the connection while sending; nobody is left to answer."""
