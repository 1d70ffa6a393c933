"""Clients of the issuers, which can be told to do it wrong."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from deploy.local.login import CLIENT_ASSERTION, JWT_BEARER, LoginForm
from tests.support.clock import MovableClock

IDPORTEN = "http://issuer.test/idporten"
MASKINPORTEN = "http://issuer.test/maskinporten"
GATEWAY = "http://localhost:8080"
MOTHER = "14838836047"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CALLBACK = "http://localhost:8090/callback"
GOOD = {
    "response_type": "code",
    "client_id": "somlos-page",
    "redirect_uri": CALLBACK,
    "scope": "openid profile",
    "state": "the-state",
    "nonce": "the-nonce",
    "acr_values": "idporten-loa-high",
    "resource": GATEWAY,
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def parameters(address: str) -> dict[str, str]:
    """What an address says after its question mark."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def changed(good: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The good ones with the change; None takes one away."""
    return {name: value for name, value in {**good, **change}.items() if value is not None}


@dataclass
class Citizens:
    """A client of ID-porten and the browser of a person."""

    http: httpx.AsyncClient
    keys: Path
    clock: MovableClock

    async def push(self, *, headers: Any = None, **change: Any) -> httpx.Response:
        return await self.http.post(f"{IDPORTEN}/par", data=changed(GOOD, change), headers=headers)

    async def open(self, pushed: httpx.Response, client_id: str = "somlos-page") -> httpx.Response:
        where = {"client_id": client_id, "request_uri": pushed.json()["request_uri"]}
        return await self.http.get(f"{IDPORTEN}/authorize", params=where, follow_redirects=True)

    async def press(self, page: httpx.Response, **fields: str) -> httpx.Response:
        form = LoginForm()
        form.feed(page.text)
        return await self.http.post(f"{IDPORTEN}/{form.action}", data={**form.hidden, **fields})

    async def code(self, *, person: str = MOTHER, **change: Any) -> str:
        pushed = await self.push(**change)
        back = await self.press(await self.open(pushed, change.get("client_id", "somlos-page")), national_id=person)
        return parameters(back.headers["location"])["code"]

    async def exchange(self, code: str, /, *, headers: Any = None, **change: Any) -> httpx.Response:
        good = {
            "grant_type": "authorization_code",
            "client_id": "somlos-page",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        }
        return await self.http.post(f"{IDPORTEN}/token", data=changed(good, change), headers=headers)

    def proof(self, **claims: Any) -> dict[str, str]:
        """The demo client shows that it is itself."""
        now = int(self.clock.now().timestamp())
        good = {
            "iss": "somlos-demo",
            "sub": "somlos-demo",
            "aud": IDPORTEN,
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
        }
        assertion = sign(self.keys / "somlos-demo.jwk.json", changed(good, claims))
        return {"client_id": "somlos-demo", "client_assertion_type": CLIENT_ASSERTION, "client_assertion": assertion}

    def basic(self, secret: str | None = None) -> dict[str, str]:
        """The demo client shows its secret."""
        known = (self.keys / "somlos-demo.secret").read_text()
        return {"Authorization": "Basic " + base64.b64encode(f"somlos-demo:{secret or known}".encode()).decode()}


@dataclass
class Machines:
    """A client of Maskinporten."""

    http: httpx.AsyncClient
    keys: Path
    clock: MovableClock

    def assertion(self, organisation: str = "hamar", **change: Any) -> str:
        now = int(self.clock.now().timestamp())
        good = {
            "iss": f"somlos-{organisation}",
            "aud": MASKINPORTEN,
            "scope": "somlos:profile.read",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
        }
        return sign(self.keys / f"{organisation}.jwk.json", changed(good, change))

    async def send(self, assertion: str, /, **change: Any) -> httpx.Response:
        return await self.http.post(
            f"{MASKINPORTEN}/token", data=changed({"grant_type": JWT_BEARER, "assertion": assertion}, change)
        )

    async def ask(self, organisation: str = "hamar", **change: Any) -> httpx.Response:
        return await self.send(self.assertion(organisation, **change))


@cache
def key_of(key_file: Path) -> RSAKey:
    """A client's key."""
    return RSAKey.import_key(json.loads(key_file.read_text()))


def sign(key_file: Path, claims: dict[str, Any], **header: Any) -> str:
    """Exactly these claims, signed with that key; a header of None is left out."""
    key = key_of(key_file)
    return jwt.encode(changed({"alg": "RS256", "kid": key.kid}, header), claims, key, ["RS256", "RS384", "RS512"])


async def verified(http: httpx.AsyncClient, jwks: str, token: str) -> jwt.Token:
    """The token, checked against the published keys."""
    published = (await http.get(jwks)).json()
    assert all("d" not in key for key in published["keys"])
    return jwt.decode(token, KeySet.import_key_set(published), ["RS256"])


def refused(answer: httpx.Response, status: int, error: str) -> bool:
    """Whether the answer is that refusal, and is not to be stored."""
    assert (answer.status_code, answer.json().get("error")) == (status, error), answer.text
    assert set(answer.json()) == {"error", "error_description"}
    assert answer.headers["cache-control"] == "no-store"
    return True
