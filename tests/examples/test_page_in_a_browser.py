"""The page for families, as a person meets it in a browser."""

import json
from itertools import pairwise

import httpx

from tests.examples.conftest import PAGE_PORT, family_of
from tests.support.until import until

HOME = f"http://127.0.0.1:{PAGE_PORT}/"
OVERVIEW = "/overview"
KEPT = "[...Object.values(sessionStorage), ...Object.values(localStorage), document.cookie, location.href].join(' ')"
ACROSS = "document.documentElement.scrollWidth <= window.innerWidth"
NAMELESS = "[...document.querySelectorAll('button, a, nav, section')].filter((each) => !(each.textContent.trim() && (each.tagName !== 'NAV' || each.getAttribute('aria-label')))).length"


def child(**parts):
    """A child of the overview, with these parts in the place of its own."""
    ready = {"state": "ready", "says": "Alt er her."}
    own = {"rights": {**ready, "first": []}, "cases": {**ready, "open": [], "awaits_me": [], "may_complain": []}}
    return {"id": "1", "name": "Glad Testbarn", "age": 0, **own, **parts}


async def logged_in(tab, person="Lun Solstråle", sees="Blid Solstråle, 9 år"):
    await tab.click("Logg inn")
    await tab.sees("Ingen av personene finnes")
    await tab.click(person)
    return await tab.sees(sees)


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


async def test_where_nothing_is_told_it_asks_for_the_story_and_where_something_is_a_right_gives_its_reasons(
    tab, cluster
):
    async with family_of(cluster, "eplehage", "sol") as family:
        await family.tell({"rare_diagnosis": True})
        await until(family.has_rights, deadline=30)
    said = await logged_in(tab, "Solfylt Eplehage", "Bitteliten Eplehage, 3 år")
    assert said.count("Fortell om situasjonen, så ser vi hvilke rettigheter som kan passe.") == 2
    assert (
        await tab.js("[...document.querySelectorAll('section')].filter((each) => each.querySelector('details')).length")
        == 1
    )
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


def text(said):
    return {"text": said, "lang": "nb"}


def task():
    words, sent_at = text("Legeerklæring"), "2026-11-24T10:00:00Z"
    href = "/status/v1/cases/2"
    return {"child_id": "1", "case_id": "2", "title": words, "says": words, "submitted_at": sent_at, "href": href}


def an_open_case(sent_at, **more):
    preliminary = {"kind": "preliminary_answer", "last_day": "2026-12-28", "approximate": False, "days_left": 33}
    answer = [{**preliminary, "says": text("Tar det mer enn en måned …")}]
    case = {"id": "2", "title": text("Hjelpestønad"), "status": text("Sendt"), "authority": text("Nav")}
    return {**case, "submitted_at": sent_at, "next": text("Vi venter på Nav."), "answer": answer, "href": "/x", **more}


def a_refusal():
    said = {"title": text("Avlastning"), "says": text("Dere kan klage."), "deadline_says": text("Regnet 4 uker fra …")}
    days = {"submitted_at": "2026-10-01T10:00:00Z", "decided_at": "2026-11-25", "deadline": "2026-12-23"}
    return {"case_id": "3", **said, **days, "days_left": 1, "href": "/x"}


async def test_cases_are_told_apart_by_when_they_were_sent_and_their_days_are_written_out(tab):
    filed = {"status": text("Klage sendt"), "filed_at": "2026-11-26T22:59:00Z", "href": "/x"}
    forwarding = {"kind": "answer", "approximate": False, "says": text("Loven setter ingen fast frist.")}
    notice = {**forwarding, "kind": "notice", "last_day": "2027-02-24", "days_left": 92}
    complaint = {**filed, "answer": [forwarding, notice]}
    cases = {
        **child()["cases"],
        "open": [
            an_open_case("2026-11-24T10:00:00Z"),
            an_open_case("2026-11-24T23:30:00Z", complaint=complaint, answer=[]),
        ],
        "may_complain": [a_refusal()],
    }
    await logged_in(tab)
    await tab.width(320)
    await tab.instead(OVERVIEW, 200, {"says": "Ingenting.", "awaits_me": [], "children": [child(cases=cases)]})
    await tab.click("Hent på nytt")
    said = (await tab.sees("Klage sendt")).replace("\u00a0", " ")
    for each in (
        "Søknaden ble sendt 24. november 2026 kl. 11:00",
        "Søknaden ble sendt 25. november 2026 kl. 00:30",
        "Foreløpig svar senest 28. desember 2026. 33 dager igjen.",
        "Klage sendt, 26. november 2026 kl. 23:59",
        "Avgjort 25. november 2026",
        "Siste dag for å klage er 23. desember 2026. Én dag igjen.",
    ):
        assert each in said, said
    assert "24. februar" not in said
    assert await tab.js("document.querySelectorAll('main details').length") == 3
    assert await tab.js(ACROSS)
    for language, month in (
        ("Nynorsk", "Søknaden vart send 24. november 2026"),
        ("English", "sent on 24 November 2026"),
    ):
        await tab.click(language)
        await until(lambda month=month: says(tab, month), deadline=20)


async def says(tab, wanted):
    return wanted in (await tab.text()).replace("\u00a0", " ")


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
