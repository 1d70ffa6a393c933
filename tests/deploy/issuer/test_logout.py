"""Logging out."""

from datetime import timedelta

import httpx
import pytest

from tests.deploy.issuer.parties import IDPORTEN, Citizens, verified
from tests.support.clock import MovableClock

AFTER = "http://localhost:8090/logged-out"


async def log_out(http: httpx.AsyncClient, **said: str) -> httpx.Response:
    return await http.get(f"{IDPORTEN}/logout", params=said)


async def id_token(citizens: Citizens) -> str:
    return str((await citizens.exchange(await citizens.code())).json()["id_token"])


async def demo_id_token(citizens: Citizens) -> str:
    code = await citizens.code(**citizens.proof())
    return str((await citizens.exchange(code, **citizens.proof())).json()["id_token"])


@pytest.mark.parametrize("after", [AFTER, "http://127.0.0.1:8090/logged-out"])
async def test_the_client_gets_the_person_back_with_its_state(
    citizens: Citizens, http: httpx.AsyncClient, after: str
) -> None:
    answer = await log_out(http, id_token_hint=await id_token(citizens), post_logout_redirect_uri=after, state="a b")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{after}?state=a+b")


async def test_the_same_works_as_a_form_and_with_an_id_token_that_has_expired(
    citizens: Citizens, http: httpx.AsyncClient, clock: MovableClock
) -> None:
    hint = await id_token(citizens)
    clock.forward(timedelta(hours=1))
    answer = await http.post(f"{IDPORTEN}/logout", data={"id_token_hint": hint, "post_logout_redirect_uri": AFTER})
    assert (answer.status_code, answer.headers["location"]) == (303, AFTER)


@pytest.mark.parametrize("address", ["https://evil.example/", "http://localhost:8090/callback"])
async def test_nobody_is_sent_to_an_address_that_is_not_registered(
    citizens: Citizens, http: httpx.AsyncClient, address: str
) -> None:
    answer = await log_out(http, id_token_hint=await id_token(citizens), post_logout_redirect_uri=address)
    assert answer.status_code == 200
    assert address not in answer.text


async def test_without_an_id_token_of_ours_the_person_stays(citizens: Citizens, http: httpx.AsyncClient) -> None:
    access = (await citizens.exchange(await citizens.code())).json()["access_token"]
    for said in ({}, {"id_token_hint": "a.b.c"}, {"id_token_hint": access}):
        answer = await log_out(http, post_logout_redirect_uri=AFTER, **said)
        assert answer.status_code == 200
        assert "Du er logget ut" in answer.text


async def test_every_client_of_the_session_is_told_once(citizens: Citizens, http: httpx.AsyncClient) -> None:
    hint = await demo_id_token(citizens)
    sid = (await verified(http, f"{IDPORTEN}/jwks.json", hint)).claims["sid"]
    answer = await log_out(http, id_token_hint=hint, post_logout_redirect_uri=AFTER)
    assert (
        f"http://localhost:8090/frontchannel-logout?iss=http%3A%2F%2Fissuer.test%2Fidporten&amp;sid={sid}"
        in answer.text
    )
    assert "frame-src http://localhost:8090" in answer.headers["content-security-policy"]
    assert answer.headers["refresh"] == f"2; url={AFTER}"
    assert "<iframe" not in (await log_out(http)).text


async def test_a_browser_that_was_never_here_tells_nobody(citizens: Citizens, http: httpx.AsyncClient) -> None:
    hint = await demo_id_token(citizens)
    http.cookies.clear()
    assert (await log_out(http, id_token_hint=hint, post_logout_redirect_uri=AFTER)).status_code == 303


async def test_a_state_that_is_not_plain_text_is_refused(http: httpx.AsyncClient) -> None:
    assert (await log_out(http, state="line\nbreak")).status_code == 400
