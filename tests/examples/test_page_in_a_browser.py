"""The page for families, as a person meets it in a browser."""

import json
from itertools import pairwise

import httpx

from tests.examples.conftest import PAGE_PORT
from tests.support.until import until

HOME = f"http://127.0.0.1:{PAGE_PORT}/"
OVERVIEW = "/overview"
KEPT = "[...Object.values(sessionStorage), ...Object.values(localStorage), document.cookie, location.href].join(' ')"
ACROSS = "document.documentElement.scrollWidth <= window.innerWidth"
NAMELESS = "[...document.querySelectorAll('button, a, nav, section')].filter((each) => !(each.textContent.trim() && (each.tagName !== 'NAV' || each.getAttribute('aria-label')))).length"


def child(**parts):
    """A child of the overview, with these parts in the place of its own."""
    ready = {"state": "ready", "says": "Alt er her."}
    own = {"rights": {**ready, "first": []}, "cases": {**ready, "open": [], "awaits_me": []}}
    return {"id": "1", "name": "Glad Testbarn", "age": 0, **own, **parts}


async def logged_in(tab):
    await tab.click("Logg inn")
    await tab.sees("Ingen av personene finnes")
    await tab.click("Lun Solstråle")
    await tab.sees("Blid Solstråle, 9 år")


async def test_a_mother_logs_in_sees_her_children_and_leaves_nothing_behind(tab, cluster):
    await logged_in(tab)
    said = await tab.text()
    assert all(each in said for each in ("Venter på deg", "Rask Solstråle, 6 år", "Rettigheter", "Saker"))
    assert await tab.js("location.href") == HOME
    kept = await tab.js(KEPT)
    assert "eyJ" not in kept
    assert "verifier" not in kept
    assert await tab.js("history.length") <= 6
    assert await tab.js("document.activeElement.tagName") == "H1"
    hosts = {httpx.URL(each).copy_with(path="/", query=None) for each in tab.requested if each.startswith("http")}
    assert hosts == {httpx.URL(each) for each in (HOME, f"{cluster.gateway}/", f"{cluster.issuer}/")}
    assert tab.complaints == []
    await tab.click("Logg ut")
    await tab.sees("Du er logget ut.")
    assert "Blid" not in await tab.text()


async def test_the_reasons_of_a_right_come_when_it_is_opened(tab):
    await logged_in(tab)
    await tab.js("document.querySelector('details summary').click()")
    said = await tab.sees("Derfor")
    assert "Avgjøres av" in said
    assert tab.complaints == []


async def test_it_speaks_three_languages_also_while_logged_in(tab):
    await logged_in(tab)
    for language, lang, title in (("Nynorsk", "nn", "Oversikta di"), ("English", "en", "Your overview")):
        await tab.click(language)
        await tab.sees(title)
        assert await tab.js("document.documentElement.lang") == lang
        assert title in await tab.js("document.title")
    assert await tab.js("document.querySelector('nav').getAttribute('aria-label')") == "Language"


async def test_it_can_be_used_on_a_small_screen_and_read_aloud(tab):
    await tab.width(320)
    assert await tab.js(ACROSS)
    await logged_in(tab)
    assert await tab.js(ACROSS)
    assert await tab.js(NAMELESS) == 0
    levels = await tab.js("[...document.querySelectorAll('h1, h2, h3, h4')].map((each) => Number(each.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    landmarks = [
        await tab.js(f"document.querySelectorAll('{each}').length") for each in ("header", "nav", "main", "footer")
    ]
    assert landmarks == [1, 1, 1, 1]


async def test_a_part_that_is_away_and_one_that_is_closed_are_said_in_words(tab):
    away = {"state": "unavailable", "says": "Denne delen svarer ikke."}
    closed = {"state": "closed", "says": "Dette er ikke åpent for deg."}
    body = {"says": "Én ting venter på deg.", "awaits_me": [task()], "children": [child(rights=closed, cases=away)]}
    await logged_in(tab)
    await tab.instead(OVERVIEW, 200, body)
    await tab.click("Hent på nytt")
    said = await tab.sees("Glad Testbarn, under ett år")
    assert all(
        each in said for each in ("Denne delen svarer ikke.", "Dette er ikke åpent for deg.", "gjelder Glad Testbarn")
    )


def task():
    words = {"text": "Legeerklæring", "lang": "nb"}
    return {"child_id": "1", "case_id": "2", "title": words, "says": words, "href": "/status/v1/cases/2"}


async def test_a_text_is_shown_as_text_whatever_is_in_it(tab):
    bad = "<img src=x onerror=document.title='taken'>"
    await logged_in(tab)
    await tab.instead(OVERVIEW, 200, {"says": bad, "awaits_me": [], "children": [child(name=bad)]})
    await tab.click("Hent på nytt")
    await tab.sees(bad)
    assert await tab.js("document.querySelectorAll('main img').length") == 0


async def test_a_login_that_has_expired_leads_to_a_new_one_and_takes_everything_off_the_page(tab):
    await logged_in(tab)
    await tab.instead(OVERVIEW, 401, {"type": "urn:somlos:problem:unauthenticated"})
    await tab.click("Hent på nytt")
    said = await tab.sees("Innloggingen er utløpt.")
    assert "Logg inn" in said
    assert "Blid" not in said


async def test_a_problem_is_shown_in_its_own_words_and_can_be_tried_again(tab):
    await logged_in(tab)
    await tab.instead(OVERVIEW, 503, {"type": "urn:somlos:problem:unavailable", "detail": "En del svarer ikke."})
    await tab.click("Hent på nytt")
    await tab.sees("En del svarer ikke.")
    await tab.instead(OVERVIEW, 200, {"says": "Nå går det.", "awaits_me": [], "children": []})
    await tab.click("Prøv igjen")
    await tab.sees("Nå går det.")


async def test_someone_who_cancels_is_back_and_may_try_again(tab):
    await tab.click("Logg inn")
    await tab.click("Avbryt")
    said = await tab.sees("Du avbrøt innloggingen.")
    assert "Logg inn" in said


async def test_an_answer_that_this_tab_did_not_ask_for_is_not_used(tab):
    await tab.go(f"{HOME}callback?code=stolen&state=foreign&iss=http://localhost")
    await tab.sees("hører ikke til denne fanen")
    assert await tab.js("location.href") == HOME
    assert not [each for each in tab.requested if each.endswith("/token")]


async def test_another_state_than_the_one_sent_is_not_used(tab):
    under_way = json.dumps({"state": "s", "nonce": "n", "verifier": "v"})
    await tab.js(f"sessionStorage.setItem('login under way', {json.dumps(under_way)})")
    await tab.go(f"{HOME}callback?code=stolen&state=foreign")
    await tab.sees("hører ikke til denne fanen")
    await until(lambda: tab.js("sessionStorage.getItem('login under way') === null"), deadline=5)
    assert not [each for each in tab.requested if each.endswith("/token")]
