"""Tokens that are not what they say, at the door of a running gateway: one answer to all of them, with nothing of the token in it.

What each single rule of verification refuses is tested in tests/gateway/edge/test_verify.py; here the whole way from the socket is."""

import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass

import pytest
from joserfc.jwk import RSAKey

from deploy.local.issuer.main import create
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.login import JWT_BEARER
from tests.gateway.issuer import IDPORTEN, KEYS, MASKINPORTEN, Issuers, sign, unsigned
from tests.security.wire import answers, ask, request
from tests.support.asking.table import HAMAR, MOTHER
from tests.support.servers import served

CHILDREN, GRANTS = "/mapping/v1/children", "/mapping/v1/grants"
STRANGER = RSAKey.generate_key(2048, {"kid": "stranger"})
EVIL = "https://evil.example/keys"
MARK = "zzqxj"


def encoded(part):
    text = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(text).rstrip(b"=").decode()


def hers(issuers, key=KEYS["idporten"], header=None, **bent):
    """Her token, signed with this key, its header and claims bent."""
    return sign(issuers.citizen_claims(MOTHER.national_id, **bent), key, **(header or {}))


def shared_secret(issuers, form):
    """HS256 with ID-porten's public key as the secret, in one of its written forms."""
    key = KEYS["idporten"]
    secret = {
        "PEM": key.as_pem(private=False),
        "DER": key.as_der(private=False),
        "JWK": json.dumps(key.as_dict(private=False)).encode(),
        "modulus": str(key.as_dict(private=False)["n"]).encode(),
    }[form]
    claims = issuers.citizen_claims(MOTHER.national_id)
    said = f"{encoded({'alg': 'HS256', 'kid': 'idporten-1', 'typ': 'at+jwt'})}.{encoded(claims)}"
    return f"{said}.{encoded(hmac.digest(secret, said.encode(), 'sha256'))}"


def without_signature(token):
    return token.rpartition(".")[0] + "."


def with_other_claims(token, claims):
    head, _, signature = token.split(".")
    return f"{head}.{encoded(claims)}.{signature}"


FORGED = {
    "junk for a signature": lambda i: without_signature(hers(i)) + encoded(b"junk" * 64),
    "no signature": lambda i: without_signature(hers(i)),
    "alg none": lambda i: unsigned(i.citizen_claims(MOTHER.national_id)),
    "alg nOnE": lambda i: (
        f"{encoded({'alg': 'nOnE', 'kid': 'idporten-1'})}.{encoded(i.citizen_claims(MOTHER.national_id))}."
    ),
    "another's claims under her signature": lambda i: with_other_claims(
        hers(i), i.citizen_claims(MOTHER.national_id, acr="idporten-loa-high", sub=MARK)
    ),
    "HS256 with the public key, PEM": lambda i: shared_secret(i, "PEM"),
    "HS256 with the public key, DER": lambda i: shared_secret(i, "DER"),
    "HS256 with the public key, JWK": lambda i: shared_secret(i, "JWK"),
    "HS256 with the public key, modulus": lambda i: shared_secret(i, "modulus"),
    "a stranger's key": lambda i: hers(i, STRANGER),
    "a stranger's key under a known id": lambda i: hers(i, STRANGER, {"kid": "idporten-1"}),
    "the other issuer's key": lambda i: hers(i, KEYS["maskinporten"]),
    "the other issuer's key under this one's id": lambda i: hers(i, KEYS["maskinporten"], {"kid": "idporten-1"}),
    "a key id that is a path": lambda i: hers(i, STRANGER, {"kid": "../../../../dev/null"}),
    "a key id that is a file": lambda i: hers(i, STRANGER, {"kid": "file:///etc/hostname"}),
    "a key id that is an address": lambda i: hers(i, STRANGER, {"kid": EVIL}),
    "a key id that is SQL": lambda i: hers(i, STRANGER, {"kid": "' or '1'='1"}),
    "a key id with a zero": lambda i: hers(i, STRANGER, {"kid": "idporten-1\x00"}),
    "a key id of 4 KiB": lambda i: hers(i, STRANGER, {"kid": MARK * 800}),
    "no key id": lambda i: hers(i, header={"kid": None}),
    "jku": lambda i: hers(i, STRANGER, {"jku": EVIL}),
    "x5u": lambda i: hers(i, STRANGER, {"x5u": EVIL}),
    "jwk": lambda i: hers(i, STRANGER, {"jwk": STRANGER.as_dict(private=False)}),
    "crit": lambda i: hers(i, header={"crit": ["kid"]}),
    "jku on a token that is good else": lambda i: hers(i, header={"jku": EVIL}),
}
WRONG = {
    "expired a second past the leeway": lambda i: hers(i, iat=i.now() - 600, exp=i.now() - 11),
    "valid a second past the leeway from now": lambda i: hers(i, nbf=i.now() + 11),
    "issued a second past the leeway from now": lambda i: hers(i, iat=i.now() + 11),
    "for another API": lambda i: hers(i, aud="https://api.example"),
    "for an address below ours": lambda i: hers(i, aud="http://localhost:8080/mapping"),
    "an ID token": lambda i: hers(i, aud="front-end", nonce="n", at_hash="h", scope=None),
    "an ID token for our address": lambda i: hers(i, nonce="n", scope="openid"),
    "an issuer nobody trusts": lambda i: hers(i, iss="https://evil.example"),
    "Maskinporten's name on ID-porten's signature": lambda i: hers(i, iss=MASKINPORTEN),
    "a lower level": lambda i: hers(i, acr="idporten-loa-substantial"),
    "no JWT": lambda i: MARK,
    "five parts": lambda i: "a.b.c.d.e",
    "claims of 1,500 levels": lambda i: (
        f"{encoded({'alg': 'RS256', 'kid': 'idporten-1'})}.{encoded(b'[' * 1500 + b']' * 1500)}.AA"
    ),
}


@pytest.fixture
def issuers(outside) -> Issuers:
    return outside.issuers


@dataclass(frozen=True)
class Said:
    """A refusal, apart from what differs by nature."""

    status: int
    problem: str
    told: dict[str, str]


async def refused(outside, *headers, path=CHILDREN):
    """What the door says to these headers, in one answer; and nothing of them stands in it but the name of the fault."""
    heard = await ask(str(outside.http.base_url), request("GET", path, "Connection: close", *headers))
    [answer] = answers(heard)
    said = Said(
        answer.status,
        answer.problem,
        {name: value for name, value in json.loads(answer.body).items() if name != "instance"},
    )
    return said, answer.headers.get("www-authenticate", ""), heard.decode("latin-1")


@pytest.mark.parametrize("case", [*FORGED, *WRONG])
async def test_a_token_that_is_not_right_is_told_the_same_as_none(outside, issuers, case):
    token = {**FORGED, **WRONG}[case](issuers)
    nobody, _, _ = await refused(outside)
    said, challenge, heard = await refused(outside, f"Authorization: Bearer {token}")
    assert (said.status, said) == (401, nobody)
    assert challenge.startswith('Bearer error="invalid_token", error_description="')
    for secret in (MARK, EVIL, "idporten-1", IDPORTEN, MOTHER.national_id, "dev/null", "pairwise", token):
        assert secret not in heard


async def test_the_right_token_is_let_in_and_no_stranger_was_asked_for_keys(outside, issuers):
    for make in FORGED.values():
        await refused(outside, f"Authorization: Bearer {make(issuers)}")
    answer = await outside.http.get(CHILDREN, headers={"Authorization": f"Bearer {hers(issuers)}"})
    assert answer.status_code == 200
    assert issuers.asked
    assert all(address.startswith((IDPORTEN, MASKINPORTEN)) for address in issuers.asked)
    assert len(issuers.asked) <= 6  # two documents an issuer, and once more for a key that is not there


HEADERS = {
    "two that are the same": lambda token: [f"Authorization: Bearer {token}"] * 2,
    "a good one and a bad one": lambda token: [f"Authorization: Bearer {token}", "Authorization: Bearer a.b.c"],
    "two in one": lambda token: [f"Authorization: Bearer {token}, Bearer {token}"],
    "9 KiB": lambda token: [f"Authorization: Bearer {token}{'a' * 9 * 1024}"],
    "another scheme": lambda token: [f"Authorization: Basic {token}"],
    "no scheme": lambda token: [f"Authorization: {token}"],
    "two spaces": lambda token: [f"Authorization: Bearer  {token}"],
    "a name with an underscore": lambda token: [f"Authorization_: Bearer {token}"],
    "in another header": lambda token: [f"X-Forwarded-Authorization: Bearer {token}", f"Cookie: token={token}"],
}


@pytest.mark.parametrize("case", HEADERS)
async def test_a_good_token_in_the_wrong_place_is_none(outside, issuers, case):
    token = hers(issuers)
    said, _, heard = await refused(outside, *HEADERS[case](token))
    assert (said.status, said.problem) == (401, "unauthenticated")
    assert token not in heard


async def test_a_token_in_the_address_is_none(outside, issuers):
    said, _, _ = await refused(outside, path=f"{CHILDREN}?access_token={hers(issuers)}")
    assert said.status == 401


async def test_a_person_in_maskinportens_token_is_no_login(outside, issuers):
    token = issuers.machine(HAMAR, "somlos:grants.read", pid=MOTHER.national_id, acr="idporten-loa-high")
    said, _, _ = await refused(outside, f"Authorization: Bearer {token}")
    assert (said.status, said.problem) == (403, "forbidden")
    listed = await outside.http.get(GRANTS, headers={"Authorization": f"Bearer {token}"})
    assert (listed.status_code, listed.json()["items"]) == (200, [])


@pytest.fixture(scope="module")
async def local_issuer(tmp_path_factory):
    """The issuer of one machine, on a real port; its client's keys stand in the folder."""
    folder = tmp_path_factory.mktemp("issuer")
    async with served(create(IssuerSettings(issuer_url="http://issuer.example", state_dir=folder))) as url:
        yield url, json.loads((folder / "clients" / "hamar.jwk.json").read_text())


def assertion(key, signature):
    """What hamar's system would send, under a signature that is not its own."""
    claims = {
        "iss": "somlos-hamar",
        "aud": "http://issuer.example/maskinporten",
        "scope": "somlos:profile.read",
        "jti": MARK,
    }
    said = f"{encoded({'alg': 'RS256', 'kid': key['kid']})}.{encoded(claims)}"
    public = RSAKey.import_key(key).as_pem(private=False)
    made = {"junk": b"junk" * 64, "none": b"", "the public key": hmac.digest(public, said.encode(), "sha256")}
    return f"{said}.{encoded(made[signature])}"


@pytest.mark.parametrize("signature", ["junk", "none", "the public key"])
async def test_a_grant_with_a_made_up_signature_gets_no_token(outside, local_issuer, signature):
    url, key = local_issuer
    sent = {"grant_type": JWT_BEARER, "assertion": assertion(key, signature)}
    answer = await outside.http.post(f"{url}/maskinporten/token", data=sent)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert set(answer.json()) <= {"error", "error_description"}
    assert not any(secret in answer.text for secret in (MARK, key["kid"], "somlos-hamar"))
