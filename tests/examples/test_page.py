"""The page for families: what is served, and the login as its script walks it, over HTTP."""

import base64
import hashlib
import json
import re
import secrets
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest

from deploy.local.login import LoginForm
from tests.examples.conftest import PAGE, family_of
from tests.support.cluster import Cluster
from tests.support.until import until

ORIGIN = "http://127.0.0.1:8090"
PLACES = re.compile(r"\{(\w+)\}")
TEXTS: dict[str, dict[str, str]] = json.loads((PAGE / "texts.json").read_text(encoding="utf-8"))
SCRIPT = (PAGE / "page.js").read_text(encoding="utf-8")


async def got(address: str | httpx.URL, **headers: str) -> httpx.Response:
    """One request without anything of another."""
    async with httpx.AsyncClient(timeout=30) as http:
        return await http.get(address, headers=headers)


@pytest.mark.parametrize("path", ["/", "/callback", "/logged-out", "/page.js", "/page.css", "/texts.json"])
async def test_every_file_is_served_with_a_policy_that_lets_nothing_foreign_in(page, cluster, path):
    answer = await got(page + path)
    assert answer.status_code == 200
    policy = dict(each.split(" ", 1) for each in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == f"'self' {cluster.gateway} {cluster.issuer}"
    assert policy["require-trusted-types-for"] == "'script'"
    assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("no-referrer", "no-store")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_file_names_another_host_or_holds_script_or_style_inline():
    for file in ("index.html", "page.js", "page.css", "texts.json"):
        assert not re.search(r"https?://|//cdn|@import", (PAGE / file).read_text(encoding="utf-8")), file
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script[^>]*>([^<]*)</script>", html) == [""]
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)


@pytest.mark.parametrize("path", ["/serve.py", "/../serve.py", "/%2e%2e/log_in.py", "/texts.json/", "/callback/x"])
async def test_nothing_else_is_served(page, path):
    answer = await got(httpx.URL(page).copy_with(raw_path=path.encode()))
    assert answer.status_code == 404


async def test_the_server_does_not_log_the_code_of_a_callback(page):
    await got(f"{page}/callback?code=secret&state=s")  # the fixture fails when the server has said anything


def test_the_languages_say_the_same_things():
    assert set(TEXTS) == {"nb", "nn", "en"}
    for said in TEXTS.values():
        assert said.keys() == TEXTS["nb"].keys()
        assert {key: set(PLACES.findall(text)) for key, text in said.items()} == {
            key: set(PLACES.findall(text)) for key, text in TEXTS["nb"].items()
        }


def test_every_text_is_used_and_every_used_text_is_there():
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:\bt|texts\[\w+\])\.(\w+)", SCRIPT)) | set(
        re.findall(r'data-(?:text|label)="(\w+)"', html)
    )
    verdicts = {"likely", "possible_missing_facts", "must_be_assessed"}
    duties = {"answer", "preliminary_answer"}
    assert all(f'"{name}"' in SCRIPT for name in duties)
    news = {"expired", "cancelled", "failed", "strange", "gone"}
    assert all(f'"{name}"' in SCRIPT for name in news)
    assert named | verdicts | duties | news == TEXTS["nb"].keys()


def test_the_colours_can_be_told_apart():
    css = (PAGE / "page.css").read_text(encoding="utf-8")
    colour = dict(re.findall(r"--([\w-]+): (#\w+);", css))
    for ink, paper in (("ink", "paper"), ("ink", "ground"), ("quiet", "paper"), ("quiet", "ground"), ("ink", "warn"), ("act", "paper"), ("act", "ground"), ("act-ink", "act"), ("quiet", "warn")):  # fmt: skip
        assert contrast(colour[ink], colour[paper]) >= 4.5, (ink, paper)
    for mark in ("paper", "ground", "warn"):
        assert contrast(colour["warn-line"], colour[mark]) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def text_of(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def walked(cluster: Cluster, page: str) -> tuple[httpx.AsyncClient, dict[str, Any]]:
    """The requests of page.js, one after the other, with a browser's Origin; the tokens at its end."""
    config, mother = (await got(f"{page}/config.json")).json(), cluster.someone("vindmolle", "sterk").national_id
    http = httpx.AsyncClient(headers={"Origin": ORIGIN}, timeout=30)
    endpoints = (await http.get(f"{config['issuer']}/.well-known/openid-configuration")).json()
    assert endpoints["issuer"] == config["issuer"]
    verifier, state, nonce = (secrets.token_urlsafe(32) for _ in range(3))
    redirect_uri = f"{ORIGIN}/callback"
    pushed = await http.post(
        endpoints["pushed_authorization_request_endpoint"],
        data={
            "response_type": "code",
            "client_id": config["client_id"],
            "redirect_uri": redirect_uri,
            "scope": "openid profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": text_of(hashlib.sha256(verifier.encode()).digest()),
            "code_challenge_method": "S256",
            "acr_values": "idporten-loa-high",
            "resource": config["gateway"],
            "ui_locales": "nn",
        },
    )
    assert (pushed.status_code, pushed.headers["access-control-allow-origin"]) == (201, ORIGIN)
    where = {"client_id": config["client_id"], "request_uri": pushed.json()["request_uri"]}
    async with httpx.AsyncClient() as browser:  # the person's own way, without the page
        shown = await browser.get(endpoints["authorization_endpoint"], params=where, follow_redirects=True)
        form = LoginForm()
        form.feed(shown.text)
        assert 'lang="nn"' in shown.text
        back = await browser.post(urljoin(str(shown.url), form.action), data={**form.hidden, "national_id": mother})
    arrival = back.headers["location"]
    answer = {name: values[0] for name, values in parse_qs(urlsplit(arrival).query).items()}
    assert arrival.startswith(redirect_uri)
    assert (answer["state"], answer["iss"]) == (state, config["issuer"])
    assert (await got(arrival.replace(ORIGIN, page))).headers["content-type"] == "text/html; charset=utf-8"
    exchanged = await http.post(
        endpoints["token_endpoint"],
        data={
            "grant_type": "authorization_code",
            "client_id": config["client_id"],
            "code": answer["code"],
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        },
    )
    assert (exchanged.status_code, exchanged.headers["access-control-allow-origin"]) == (200, ORIGIN)
    tokens = exchanged.json()
    claims = json.loads(base64.urlsafe_b64decode(tokens["id_token"].split(".")[1] + "=="))
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (config["issuer"], config["client_id"], nonce)
    return http, tokens


async def test_the_way_of_its_script_ends_in_an_overview(cluster, page):
    async with family_of(cluster, "vindmolle", "sterk") as family:
        await family.tell({"rare_diagnosis": True})
        await until(family.has_rights, deadline=30)
    http, tokens = await walked(cluster, page)
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "accept-language,authorization"}
    let_in = await http.options(f"{cluster.gateway}/overview", headers=asked)
    assert (let_in.status_code, let_in.headers["access-control-allow-origin"]) == (204, ORIGIN)
    allowed = let_in.headers["access-control-allow-headers"].lower()
    assert all(each in allowed for each in ("authorization", "accept-language"))
    for lang in TEXTS:
        own = {"Authorization": f"Bearer {tokens['access_token']}", "Accept-Language": lang}
        answer = await http.get(f"{cluster.gateway}/overview", headers=own)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, ORIGIN)
        found = answer.json()
        assert "Leken Vindmølle" in [child["name"] for child in found["children"]]
        for child in found["children"]:
            assert isinstance(child["age"], int)
            assert child["cases"]["state"] == child["rights"]["state"] == "ready", child
            assert child["cases"]["says"]
            assert child["rights"]["says"]
            assert {"open", "may_complain"} <= child["cases"].keys()
            assert bool(child["rights"]["first"]) is (child["id"] == family.child)
        [first, *_] = next(each["rights"]["first"] for each in found["children"] if each["id"] == family.child)
        assert {"name", "verdict", "missing", "href"} <= first.keys()
        assert first["name"]["text"]
        right = (await http.get(cluster.gateway + first["href"], headers=own)).json()["right"]
        assert {"says", "summary", "reasons", "missing", "application", "authority"} <= right.keys()
        assert right["application"]["says"]
        assert right["authority"]["name"]["text"]
    await http.aclose()


async def test_without_a_valid_token_it_is_told_to_log_in_again_in_a_way_that_it_can_read(cluster):
    for own in ({}, {"Authorization": "Bearer nonsense"}):
        answer = await got(f"{cluster.gateway}/overview", **{"Origin": ORIGIN, "Accept-Language": "nn", **own})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (401, ORIGIN)
        assert answer.json()["type"] == "urn:somlos:problem:unauthenticated"
        assert answer.json()["detail"].startswith("Innlogginga")


async def test_a_page_of_another_origin_is_not_let_in(cluster):
    answer = await got(f"{cluster.gateway}/overview", Origin="http://evil.example")
    assert "access-control-allow-origin" not in answer.headers
