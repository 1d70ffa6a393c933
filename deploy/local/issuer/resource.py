"""What a token can be asked for: the name of an API (RFC 8707)."""

from urllib.parse import urlsplit


def is_resource(address: str) -> bool:
    """Whether an audience can be asked for by this name (§ 2): absolute, no fragment."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and "#" not in address


def audience(resources: list[str]) -> str | list[str] | None:
    """`aud` of the token: only there when a resource was asked for."""
    return resources[0] if len(resources) == 1 else resources or None
