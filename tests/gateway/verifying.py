"""A verifier of the test issuers' tokens, and why it refused."""

import pytest

from gateway.edge.errors import Reason, Refused
from gateway.edge.keys import IssuerKeys
from gateway.edge.verify import TokenVerifier
from tests.gateway.issuer import Issuers


def verifier_of(issuers: Issuers, **kwargs) -> TokenVerifier:
    profiles = issuers.profiles(**kwargs)
    return TokenVerifier(profiles, IssuerKeys(profiles, issuers.fetch, issuers.clock), issuers.clock)


def bearer(token: str) -> list[tuple[bytes, bytes]]:
    return [(b"host", b"x"), (b"authorization", b"Bearer " + token.encode())]


async def reason_of(verifier: TokenVerifier, headers: list[tuple[bytes, bytes]]) -> Reason:
    with pytest.raises(Refused) as refused:
        await verifier.verify(headers)
    return refused.value.reason
