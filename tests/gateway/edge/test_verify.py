import hmac
import json
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from joserfc.jwk import RSAKey

from gateway.edge.errors import Reason
from gateway.edge.keys import IssuerKeys
from gateway.edge.verify import TokenVerifier
from shared.auth.principals import Kind
from tests.gateway.issuer import (
    AUDIENCE,
    IDPORTEN,
    KEYS,
    MOTHER,
    MUNICIPALITY,
    NAV,
    Issuers,
    sign,
    unsigned,
)
from tests.gateway.verifying import bearer, reason_of, verifier_of
from tests.support.clock import MovableClock

PLAIN_KEY = RSAKey.generate_key(2048, {"kid": "someone-else"})


@pytest.fixture
def issuers():
    return Issuers(MovableClock())


async def test_a_persons_token_says_who_is_calling(issuers):
    caller = await verifier_of(issuers).verify(bearer(issuers.citizen()))
    assert (caller.kind, caller.national_id.value, caller.org) == (Kind.CITIZEN, MOTHER, None)


async def test_an_organisations_token_says_which_organisation_and_which_scopes(issuers):
    caller = await verifier_of(issuers).verify(bearer(issuers.machine(scope="somlos:profile.read somlos:grants.read")))
    assert (caller.kind, caller.org, caller.national_id) == (Kind.MACHINE, MUNICIPALITY, None)
    assert caller.scopes == {"somlos:profile.read", "somlos:grants.read"}


async def test_the_kind_comes_from_the_issuer_never_from_the_claims(issuers):
    verifier = verifier_of(issuers)
    machine_with_person = await verifier.verify(bearer(issuers.machine(pid=MOTHER, acr="idporten-loa-high")))
    assert (machine_with_person.kind, machine_with_person.national_id) == (Kind.MACHINE, None)
    person_with_consumer = await verifier.verify(bearer(issuers.citizen()))
    assert person_with_consumer.kind is Kind.CITIZEN


async def test_a_caller_does_not_show_who_it_is_when_printed(issuers):
    assert MOTHER not in repr(await verifier_of(issuers).verify(bearer(issuers.citizen())))


def hs256_with_public_key(issuers: Issuers) -> str:
    parts = ({"alg": "HS256", "kid": "idporten-1", "typ": "at+jwt"}, issuers.citizen_claims())
    signed_part = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    signature = hmac.digest(KEYS["idporten"].as_pem(private=False), signed_part, "sha256")
    return (signed_part + b"." + urlsafe_b64encode(signature).rstrip(b"=")).decode()


def signed(issuers: Issuers, header: dict, **bent) -> str:
    return sign(issuers.citizen_claims(**bent), KEYS["idporten"], **header)


def tampered(issuers: Issuers) -> str:
    head, _, signature = issuers.citizen().split(".")
    body = json.dumps(issuers.citizen_claims("01010112345")).encode()
    return ".".join((head, urlsafe_b64encode(body).rstrip(b"=").decode(), signature))


REFUSED = {
    "alg none": (lambda i: unsigned(i.citizen_claims()), Reason.ALGORITHM),
    "HS256 with the public key as secret": (hs256_with_public_key, Reason.ALGORITHM),
    "an algorithm that the profile does not name": (lambda i: signed(i, {"alg": "PS256"}), Reason.ALGORITHM),
    "the other issuer's key": (lambda i: sign(i.citizen_claims(), KEYS["maskinporten"]), Reason.KEY),
    "the other issuer's key under this one's id": (
        lambda i: sign(i.citizen_claims(), KEYS["maskinporten"], kid="idporten-1"),
        Reason.SIGNATURE,
    ),
    "a machine's claims signed by the people's issuer": (
        lambda i: sign(i.machine_claims(), KEYS["idporten"]),
        Reason.KEY,
    ),
    "anyone's key": (lambda i: sign(i.citizen_claims(), PLAIN_KEY, kid="idporten-1"), Reason.SIGNATURE),
    "changed after signing": (tampered, Reason.SIGNATURE),
    "no key id": (lambda i: signed(i, {"kid": None}), Reason.KEY_ID),
    "key id that is no text": (lambda i: signed_by_hand({"alg": "RS256", "kid": 1}), Reason.KEY_ID),
    "jku": (lambda i: signed(i, {"jku": "https://evil.example/keys"}), Reason.HEADER),
    "jwk": (lambda i: signed(i, {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA"}}), Reason.HEADER),
    "x5u": (lambda i: signed(i, {"x5u": "https://evil.example/chain"}), Reason.HEADER),
    "x5c": (lambda i: signed(i, {"x5c": ["MIIB"]}), Reason.HEADER),
    "crit": (lambda i: signed(i, {"crit": ["kid"]}), Reason.HEADER),
    "unencoded payload": (lambda i: signed(i, {"b64": True, "crit": ["b64"]}), Reason.HEADER),
    "nested token": (lambda i: signed(i, {"cty": "JWT"}), Reason.HEADER),
    "expired": (lambda i: i.citizen(iat=i.now() - 700, exp=i.now() - 11), Reason.EXPIRED),
    "expiry that is no number": (lambda i: i.citizen(exp=str(i.now() + 600)), Reason.TIMES),
    "no expiry": (lambda i: i.citizen(exp=None), Reason.TIMES),
    "no time of issue": (lambda i: i.citizen(iat=None), Reason.TIMES),
    "issued in the future": (lambda i: i.citizen(iat=i.now() + 11, exp=i.now() + 600), Reason.TIMES),
    "not valid yet": (lambda i: i.citizen(nbf=i.now() + 11), Reason.TIMES),
    "lives for days": (lambda i: i.citizen(exp=i.now() + 3601), Reason.LIFETIME),
    "ends before it begins": (lambda i: i.citizen(iat=i.now() + 5, exp=i.now() + 4), Reason.LIFETIME),
    "another audience": (lambda i: i.citizen(aud="https://api.example"), Reason.AUDIENCE),
    "an audience that only begins like ours": (lambda i: i.citizen(aud=AUDIENCE + ".evil.example"), Reason.AUDIENCE),
    "no audience": (lambda i: i.citizen(aud=None), Reason.AUDIENCE),
    "unspecified audience": (lambda i: i.citizen(aud="unspecified"), Reason.AUDIENCE),
    "an unknown issuer": (lambda i: i.citizen(iss="https://evil.example"), Reason.ISSUER),
    "an issuer with a slash more": (lambda i: i.citizen(iss=IDPORTEN + "/"), Reason.ISSUER),
    "an issuer in other letters": (lambda i: i.citizen(iss=IDPORTEN.upper()), Reason.ISSUER),
    "an issuer in a list": (lambda i: i.citizen(iss=[IDPORTEN]), Reason.ISSUER),
    "no issuer": (lambda i: i.citizen(iss=None), Reason.ISSUER),
    "an ID token": (lambda i: i.citizen(nonce="n", at_hash="h", scope=None), Reason.NOT_ACCESS_TOKEN),
    "an ID token without nonce": (lambda i: i.citizen(scope=None), Reason.SCOPE),
    "an ID token by its type": (lambda i: signed(i, {"typ": "logout+jwt"}), Reason.NOT_ACCESS_TOKEN),
    "another token type": (lambda i: i.citizen(token_type="DPoP"), Reason.NOT_ACCESS_TOKEN),
    "bound to a key of the sender": (lambda i: i.citizen(cnf={"jkt": "x"}), Reason.BOUND),
    "no acr": (lambda i: i.citizen(acr=None), Reason.LEVEL),
    "a lower level": (lambda i: i.citizen(acr="idporten-loa-substantial"), Reason.LEVEL),
    "levels in a list": (lambda i: i.citizen(acr=["idporten-loa-high"]), Reason.LEVEL),
    "no person": (lambda i: i.citizen(pid=None), Reason.PERSON),
    "a person who cannot exist": (lambda i: i.citizen("01817010001"), Reason.PERSON),
    "a person as a number": (lambda i: i.citizen(int(MOTHER)), Reason.PERSON),
    "no consumer": (lambda i: i.machine(consumer=None), Reason.ORGANISATION),
    "consumer by another authority": (
        lambda i: i.machine(consumer={"authority": "iso6523", "ID": f"0192:{NAV}"}),
        Reason.ORGANISATION,
    ),
    "consumer of another register": (
        lambda i: i.machine(consumer={"authority": "iso6523-actorid-upis", "ID": f"0184:{NAV}"}),
        Reason.ORGANISATION,
    ),
    "consumer with a wrong control digit": (lambda i: i.machine("310000001"), Reason.ORGANISATION),
    "consumer as text": (lambda i: i.machine(consumer=f"0192:{NAV}"), Reason.ORGANISATION),
    "supplier without a delegation": (
        lambda i: i.machine(supplier={"authority": "iso6523-actorid-upis", "ID": f"0192:{NAV}"}),
        Reason.ORGANISATION,
    ),
    "no scope": (lambda i: i.machine(scope=""), Reason.SCOPE),
    "scopes in a list": (lambda i: i.machine(scope=["somlos:profile.read"]), Reason.SCOPE),
    "not a JWT": (lambda i: "abc", Reason.FORM),
    "an encrypted token": (lambda i: "a.b.c.d.e", Reason.FORM),
    "claims that are a list": (
        lambda i: signed_by_hand({"alg": "RS256", "kid": "idporten-1"}, b"[1]"),
        Reason.FORM,
    ),
}


def signed_by_hand(header: dict, payload: bytes | None = None) -> str:
    parts = (json.dumps(header).encode(), payload or json.dumps({"iss": IDPORTEN}).encode(), b"x")
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


@pytest.mark.parametrize("case", REFUSED)
async def test_a_token_is_refused(issuers, case):
    make, reason = REFUSED[case]
    assert await reason_of(verifier_of(issuers), bearer(make(issuers))) is reason


async def test_synthetic_persons_cannot_log_in_where_they_are_not_let_in(issuers):
    assert await reason_of(verifier_of(issuers, synthetic=False), bearer(issuers.citizen())) is Reason.PERSON


async def test_a_scope_that_the_profile_wants_must_be_there(issuers):
    verifier = verifier_of(issuers, scope="somlos:citizen")
    assert await reason_of(verifier, bearer(issuers.citizen())) is Reason.SCOPE
    assert await verifier.verify(bearer(issuers.citizen(scope="openid somlos:citizen")))


async def test_a_supplier_with_a_delegation_acts_for_the_consumer(issuers):
    supplier = {"authority": "iso6523-actorid-upis", "ID": f"0192:{NAV}"}
    token = issuers.machine(supplier=supplier, delegation_source="https://delegation.example")
    caller = await verifier_of(issuers).verify(bearer(token))
    assert (caller.org, caller.supplier) == (MUNICIPALITY, NAV)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ([], Reason.MISSING),
        ([(b"authorization", b"Bearer a.b.c"), (b"authorization", b"Bearer a.b.c")], Reason.REPEATED),
        ([(b"authorization", b"Bearer " + b"a" * 9 * 1024)], Reason.TOO_LONG),
        ([(b"authorization", b"Basic YTpi")], Reason.SCHEME),
        ([(b"authorization", b"Bearer")], Reason.FORM),
        ([(b"authorization", b"Bearer ")], Reason.FORM),
        ([(b"authorization", b"Bearer a.b.c, Bearer d.e.f")], Reason.FORM),
        ([(b"authorization", b"Bearer  a.b.c")], Reason.FORM),
    ],
)
async def test_the_header_must_be_one_bearer_token_of_at_most_8_kib(issuers, headers, reason):
    assert await reason_of(verifier_of(issuers), headers) is reason
    assert issuers.asked == []


async def test_times_may_be_off_by_ten_seconds(issuers):
    verifier = verifier_of(issuers)
    assert await verifier.verify(bearer(issuers.citizen(iat=issuers.now() - 600, exp=issuers.now() - 9)))
    assert await verifier.verify(bearer(issuers.citizen(iat=issuers.now() + 10)))


async def test_one_of_several_audiences_may_be_ours(issuers):
    assert await verifier_of(issuers).verify(bearer(issuers.citizen(aud=["https://other.example", AUDIENCE])))


async def test_a_verified_token_is_remembered_until_it_ends_and_no_longer(issuers):
    verifier = verifier_of(issuers)
    token = issuers.citizen()
    first = await verifier.verify(bearer(token))
    assert await verifier.verify(bearer(token)) is first
    issuers.clock.forward(timedelta(seconds=611))
    assert await reason_of(verifier, bearer(token)) is Reason.EXPIRED


async def test_at_its_end_a_token_is_verified_anew(issuers):
    verifier = verifier_of(issuers)
    token = issuers.citizen()
    first = await verifier.verify(bearer(token))
    issuers.clock.forward(timedelta(seconds=600))
    assert await verifier.verify(bearer(token)) is not first


async def test_only_so_many_tokens_are_remembered(issuers):
    profiles = issuers.profiles()
    verifier = TokenVerifier(profiles, IssuerKeys(profiles, issuers.fetch, issuers.clock), issuers.clock, remember=2)
    tokens = [issuers.citizen(jti=str(n)) for n in range(3)]
    callers = [await verifier.verify(bearer(token)) for token in tokens]
    assert await verifier.verify(bearer(tokens[2])) is callers[2]
    assert await verifier.verify(bearer(tokens[0])) is not callers[0]
