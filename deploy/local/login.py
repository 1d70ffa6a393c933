"""Logging in at the issuers, as an outside client does it: for the demo, the tests and whoever wants an example.

`log_in_citizen` goes through ID-porten's steps, the page included; `log_in_machine` asks Maskinporten. Both give an access token for `resource`.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

ALGORITHM = "RS256"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
CLIENT_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LIFETIME = 60


class LoginFailed(Exception):
    """The issuer said no, or answered what it should not."""


@dataclass(frozen=True, slots=True)
class CitizenClient:
    """A client that people log in to. Without a key file it is a public one. `offset_seconds`: how far its clock is from the machine's."""

    client_id: str = "somlos-page"
    redirect_uri: str = "http://127.0.0.1:8090/callback"
    key_file: Path | None = None
    offset_seconds: int = 0


PAGE = CitizenClient()


async def log_in_citizen(
    http: httpx.AsyncClient,
    issuer: str,
    national_id: str,
    resource: str,
    *,
    client: CitizenClient = PAGE,
    acr: str = "idporten-loa-high",
) -> str:
    """An access token for that person, for use at `resource`. Raises LoginFailed."""
    endpoints = await _json(http.get(f"{issuer}/.well-known/openid-configuration"))
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asked = {
        "response_type": "code",
        "redirect_uri": client.redirect_uri,
        "scope": "openid profile",
        "state": state,
        "nonce": nonce,
        "acr_values": acr,
        "resource": resource,
        "code_challenge": _text(hashlib.sha256(verifier.encode()).digest()),
        "code_challenge_method": "S256",
    }
    pushed = await _json(
        http.post(endpoints["pushed_authorization_request_endpoint"], data={**asked, **_proof(client, issuer)})
    )
    where = {"client_id": client.client_id, "request_uri": pushed["request_uri"]}
    answer = await _pick(http, endpoints["authorization_endpoint"], where, national_id)
    if (answer.get("state"), answer.get("iss")) != (state, issuer) or "code" not in answer:
        raise LoginFailed(f"the login ended in {answer.get('error', 'an answer that is not ours')}")
    exchanged = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": client.redirect_uri,
        "code_verifier": verifier,
    }
    tokens = await _json(http.post(endpoints["token_endpoint"], data={**exchanged, **_proof(client, issuer)}))
    return str(tokens["access_token"])


async def log_in_machine(
    http: httpx.AsyncClient,
    issuer: str,
    client_key_file: Path,
    scopes: Iterable[str],
    resource: str,
    *,
    claims: Mapping[str, Any] | None = None,
) -> str:
    """An access token for the organisation whose key that is. Raises LoginFailed.

    `claims` are added to the assertion, or said instead of its own: `consumer_org` of a supplier, `iat` and `exp` where the clock is moved.
    """
    endpoints = await _json(http.get(f"{issuer}/.well-known/oauth-authorization-server"))
    own = {"iss": _client_id(client_key_file), "aud": issuer, "scope": " ".join(scopes), "resource": [resource]}
    assertion = signed(client_key_file, {**own, **(claims or {})}, at=int(time.time()))
    tokens = await _json(
        http.post(endpoints["token_endpoint"], data={"grant_type": JWT_BEARER, "assertion": assertion})
    )
    return str(tokens["access_token"])


def signed(key_file: Path, claims: Mapping[str, Any], *, at: int) -> str:
    """The claims as a JWT of the client's, made at that time (seconds since 1970), good for a minute and for one use."""
    key = RSAKey.import_key(json.loads(key_file.read_text(encoding="utf-8")))
    times = {"iat": at, "exp": at + LIFETIME, "jti": secrets.token_urlsafe(16)}
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, {**times, **claims}, key, [ALGORITHM])


def _proof(client: CitizenClient, issuer: str) -> dict[str, str]:
    """What the client adds to a request to show that it is itself."""
    named = {"client_id": client.client_id}
    if client.key_file is None:
        return named
    claims = {"iss": client.client_id, "sub": client.client_id, "aud": issuer}
    assertion = signed(client.key_file, claims, at=int(time.time()) + client.offset_seconds)
    return {**named, "client_assertion_type": CLIENT_ASSERTION, "client_assertion": assertion}


async def _pick(http: httpx.AsyncClient, address: str, where: Mapping[str, str], national_id: str) -> dict[str, str]:
    """Opens the page, presses the person's button, and gives the answer that the browser would carry back."""
    shown = await http.get(address, params=where, follow_redirects=True)
    form = LoginForm()
    form.feed(shown.text)
    if shown.status_code != httpx.codes.OK or national_id not in form.persons:
        raise LoginFailed("that person is not on the login page" if shown.is_success else "the login page did not open")
    sent = await http.post(
        urljoin(str(shown.url), form.action), data={**form.hidden, "national_id": national_id}, follow_redirects=False
    )
    if not sent.has_redirect_location:
        raise LoginFailed("the login page did not let the person go back")
    return {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}


class LoginForm(HTMLParser):
    """The form of the login page: where it goes, its hidden fields, the persons on its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.persons: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element of the page."""
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = named.get("action", "")
        elif tag == "input" and named.get("type") == "hidden":
            self.hidden[named["name"]] = named.get("value", "")
        elif tag == "button" and named.get("name") == "national_id":
            self.persons.append(named.get("value", ""))


async def _json(sending: Awaitable[httpx.Response]) -> dict[str, Any]:
    answer = await sending
    if not answer.is_success:
        raise LoginFailed(f"{answer.request.url.path}: {answer.status_code} {answer.text[:500]}")
    body: dict[str, Any] = answer.json()
    return body


def _client_id(key_file: Path) -> str:
    return str(json.loads(key_file.read_text(encoding="utf-8"))["client_id"])


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
