import asyncio
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import RSAKey

from gateway.edge.errors import Reason
from gateway.edge.keys import IssuerKeys
from gateway.edge.verify import TokenVerifier
from shared.auth.principals import Kind
from shared.domain import Unavailable
from tests.gateway.issuer import (
    IDPORTEN,
    KEYS,
    MASKINPORTEN,
    Issuers,
    sign,
)
from tests.gateway.verifying import bearer, reason_of, verifier_of
from tests.support.clock import MovableClock
from tests.support.until import until

PEM = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture
def issuers():
    return Issuers(MovableClock())


async def test_keys_are_fetched_at_first_use_and_kept(issuers):
    verifier = verifier_of(issuers)
    await verifier.verify(bearer(issuers.citizen()))
    await verifier.verify(bearer(issuers.citizen(jti="2")))
    assert issuers.asked == [IDPORTEN + "/.well-known/openid-configuration", IDPORTEN + "/jwks"]


async def test_those_who_come_while_the_issuer_is_asked_wait_for_its_answer(issuers):
    began, answers, fetch = asyncio.Event(), asyncio.Event(), issuers.fetch

    async def slowly(url):
        began.set()
        await answers.wait()
        return await fetch(url)

    issuers.fetch = slowly
    verifier = verifier_of(issuers)
    waiting = [asyncio.create_task(verifier.verify(bearer(issuers.citizen(jti=str(n))))) for n in range(5)]
    await until(began.is_set)
    answers.set()
    assert {caller.kind for caller in await asyncio.gather(*waiting)} == {Kind.CITIZEN}
    assert len(issuers.asked) == 2


async def test_an_unknown_key_asks_the_issuer_at_most_once_a_minute(issuers):
    verifier = verifier_of(issuers)
    await verifier.verify(bearer(issuers.citizen()))
    rotated = sign(issuers.citizen_claims(jti="2"), KEYS["next"])
    for _ in range(3):
        assert await reason_of(verifier, bearer(rotated)) is Reason.KEY
    assert len(issuers.asked) == 2
    issuers.published[IDPORTEN].append(KEYS["next"])
    issuers.clock.forward(timedelta(seconds=59))
    assert await reason_of(verifier, bearer(rotated)) is Reason.KEY
    issuers.clock.forward(timedelta(seconds=1))
    assert await verifier.verify(bearer(rotated))
    assert len(issuers.asked) == 4


async def test_a_withdrawn_key_takes_what_it_signed_with_it(issuers):
    verifier = verifier_of(issuers)
    token = issuers.citizen()
    await verifier.verify(bearer(token))
    issuers.published[IDPORTEN] = [KEYS["next"]]
    issuers.clock.forward(timedelta(seconds=60))
    await verifier.verify(bearer(sign(issuers.citizen_claims(), KEYS["next"])))
    assert await reason_of(verifier, bearer(token)) is Reason.KEY


async def test_an_issuer_that_is_away_is_not_the_callers_fault(issuers):
    issuers.away = True
    with pytest.raises(Unavailable):
        await verifier_of(issuers).verify(bearer(issuers.citizen()))


async def test_known_keys_outlive_an_hour_of_absence_but_not_a_day(issuers):
    verifier = verifier_of(issuers)
    await verifier.verify(bearer(issuers.citizen()))
    issuers.away = True
    issuers.clock.forward(timedelta(hours=2))
    assert await verifier.verify(bearer(issuers.citizen()))
    issuers.clock.forward(timedelta(hours=23))
    with pytest.raises(Unavailable):
        await verifier.verify(bearer(issuers.citizen()))


async def test_a_discovery_document_of_another_issuer_is_not_used(issuers):
    issuers.claimed_issuer = MASKINPORTEN
    with pytest.raises(Unavailable):
        await verifier_of(issuers).verify(bearer(issuers.citizen()))


@pytest.mark.filterwarnings("ignore:Key size")
async def test_a_short_key_is_left_out(issuers):
    short = RSAKey.import_key(rsa.generate_private_key(65537, 1024).private_bytes(*PEM), {"kid": "short", "use": "sig"})
    issuers.published[IDPORTEN].append(short)
    token = sign(issuers.citizen_claims(), short)
    assert await reason_of(verifier_of(issuers), bearer(token)) is Reason.KEY


async def test_in_production_keys_come_over_https_only(issuers):
    profiles = issuers.profiles()
    issuers.document = lambda issuer, url: {"issuer": issuer, "jwks_uri": "http://idporten.example/jwks"}
    verifier = TokenVerifier(
        profiles, IssuerKeys(profiles, issuers.fetch, issuers.clock, https_only=True), issuers.clock
    )
    with pytest.raises(Unavailable):
        await verifier.verify(bearer(issuers.citizen()))


@pytest.mark.parametrize(
    "bent",
    [{"use": "enc"}, {"alg": "RS512"}, {"kty": "oct", "k": "AAAA"}, {"kid": None}, {"n": "AQAB"}],
    ids=["for encryption", "for another algorithm", "symmetric", "without id", "too short"],
)
async def test_a_key_that_is_not_for_this_is_left_out(issuers, bent):
    good = KEYS["idporten"].as_dict(private=False)
    issuers.document = lambda issuer, url: (
        {"issuer": issuer, "jwks_uri": IDPORTEN + "/jwks"} if "well-known" in url else {"keys": [good | bent]}
    )
    assert await reason_of(verifier_of(issuers), bearer(issuers.citizen())) is Reason.KEY
