"""The person's part: the page, picking, cancelling."""

from datetime import UTC, datetime, timedelta

import pytest

from deploy.local.issuer.idporten.page import origin
from deploy.local.login import LoginForm
from deploy.local.register.people import read_people
from tests.deploy.issuer.parties import CALLBACK, IDPORTEN, MOTHER, Citizens, parameters
from tests.support.clock import MovableClock


async def test_the_page_shows_every_living_person_once(citizens: Citizens) -> None:
    form = LoginForm()
    form.feed((await citizens.open(await citizens.push())).text)
    assert sorted(form.persons) == sorted(
        person.national_id for _, _, person in read_people().everyone() if person.died is None
    )


async def test_the_page_groups_by_family_with_age_and_role(citizens: Citizens) -> None:
    page = (await citizens.open(await citizens.push())).text
    assert '<h2 id="solstraale">Familien Solstråle</h2>' in page
    assert '<span class="name">Lun Solstråle</span> <span class="who">38 år, mor</span>' in page
    assert '<span class="name">Blid Solstråle</span> <span class="who">9 år, barn</span>' in page
    assert '<span class="who">under 1 år, barn</span>' in page


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nb", "Velg hvem du vil logge inn som."),
        ("nn", "Vel kven du vil logge inn som."),
        ("en", "Choose whom to log in as."),
        ("se", "Velg hvem"),
    ],
)
async def test_the_page_is_in_the_language_that_the_client_asks_for(
    citizens: Citizens, locale: str, words: str
) -> None:
    page = await citizens.open(await citizens.push(ui_locales=locale))
    assert words in page.text
    assert f'<html lang="{locale if locale != "se" else "nb"}">' in page.text


async def test_the_person_may_choose_another_language(citizens: Citizens) -> None:
    page = await citizens.open(await citizens.push())
    assert "Choose whom to log in as." in (await citizens.http.get(page.url.copy_merge_params({"lang": "en"}))).text


async def test_the_page_runs_no_script_and_may_only_send_to_itself_and_back(citizens: Citizens) -> None:
    page = await citizens.open(await citizens.push())
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert f"form-action 'self' {origin(CALLBACK)}" in policy
    assert "<script" not in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_picking_sends_the_person_back_with_code_state_and_issuer(citizens: Citizens) -> None:
    back = await citizens.press(await citizens.open(await citizens.push()), national_id=MOTHER)
    assert back.status_code == 303
    assert back.headers["location"].startswith(f"{CALLBACK}?")
    said = parameters(back.headers["location"])
    assert said.pop("code")
    assert said == {"state": "the-state", "iss": IDPORTEN}
    assert MOTHER not in back.headers["location"]


async def test_cancelling_sends_the_person_back_without_a_code(citizens: Citizens) -> None:
    page = await citizens.open(await citizens.push())
    said = parameters((await citizens.press(page, cancel="yes")).headers["location"])
    assert said == {
        "error": "access_denied",
        "error_description": "The person cancelled the login.",
        "state": "the-state",
        "iss": IDPORTEN,
    }
    assert (await citizens.press(page, national_id=MOTHER)).status_code == 400


async def test_a_login_that_was_not_pushed_is_stopped(citizens: Citizens) -> None:
    answer = await citizens.http.get(
        f"{IDPORTEN}/authorize", params={"client_id": "somlos-page", "response_type": "code", "redirect_uri": CALLBACK}
    )
    assert answer.status_code == 400
    assert "/par" in answer.text


async def test_a_pushed_request_opens_one_page(citizens: Citizens) -> None:
    pushed = await citizens.push()
    assert (await citizens.open(pushed)).status_code == 200
    assert (await citizens.open(pushed)).status_code == 400


async def test_a_pushed_request_expires(citizens: Citizens, clock: MovableClock) -> None:
    pushed = await citizens.push()
    clock.forward(timedelta(seconds=120))
    assert (await citizens.open(pushed)).status_code == 400


async def test_another_client_cannot_use_it(citizens: Citizens) -> None:
    pushed = await citizens.push()
    assert (await citizens.open(pushed, "somlos-demo")).status_code == 400


async def test_the_page_may_be_loaded_again_until_it_is_used(citizens: Citizens) -> None:
    page = await citizens.open(await citizens.push())
    assert (await citizens.http.get(page.url)).status_code == 200
    await citizens.press(page, national_id=MOTHER)
    assert (await citizens.http.get(page.url)).status_code == 400
    assert (await citizens.press(page, national_id=MOTHER)).status_code == 400


async def test_the_page_is_good_for_ten_minutes(citizens: Citizens, clock: MovableClock) -> None:
    page = await citizens.open(await citizens.push())
    clock.forward(timedelta(minutes=10))
    assert (await citizens.press(page, national_id=MOTHER)).status_code == 400


async def test_someone_unknown_cannot_log_in_and_another_may_be_chosen(citizens: Citizens) -> None:
    page = await citizens.open(await citizens.push())
    assert (await citizens.press(page, national_id="01810012345")).status_code == 400
    assert (await citizens.press(page, national_id=MOTHER)).status_code == 303


async def test_the_dead_cannot_log_in(citizens: Citizens) -> None:
    dead = read_people().person("hvitveis", "kjaer").national_id
    assert (await citizens.press(await citizens.open(await citizens.push()), national_id=dead)).status_code == 400


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        ("fr, nn;q=0.8, en;q=0.5", "Innlogginga stoppa"),
        ("no, en", "Innloggingen stoppet"),
        ("en-GB", "The login stopped"),
        ("", "Innloggingen stoppet"),
    ],
)
async def test_a_page_that_stops_speaks_the_language_of_the_browser(
    citizens: Citizens, languages: str, words: str
) -> None:
    answer = await citizens.http.get(f"{IDPORTEN}/authorize", headers={"Accept-Language": languages})
    assert words in answer.text


async def test_a_child_grows_older_with_the_clock(citizens: Citizens, clock: MovableClock) -> None:
    clock.move_to(datetime(2026, 12, 7, 23, 30, tzinfo=UTC))
    page = (await citizens.open(await citizens.push())).text
    assert '<span class="name">Undrende Regnboge</span> <span class="who">12 år, ungdom</span>' in page
