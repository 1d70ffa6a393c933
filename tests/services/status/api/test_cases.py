"""The family's overview and one case with its timeline."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from shared.auth.principals import Subject
from shared.events.applications import ApplicationStatus
from tests.services.status.events.test_applications import changed, submitted
from tests.services.status.world import CHILD, open_world
from tests.support.callers import citizen, machine


@pytest.fixture
async def world(start):
    return await open_world(start)


def text(view):
    return view["text"]


async def test_the_overview_shows_every_case_over_all_agencies(world):
    nav, municipality = uuid4(), uuid4()
    await world.tell(
        submitted(nav),
        submitted(municipality, right_id="avlastning", authority_kind="municipality", authority_org="312482754"),
    )
    answer = await world.overview()
    assert answer.status_code == 200, answer.text
    cases = {case["right"]["id"]: case for case in answer.json()["items"]}
    assert {name: text(case["authority"]["name"]) for name, case in cases.items()} == {
        "hjelpestonad": "Nav (syntetisk)",
        "avlastning": "Hamar kommune (syntetisk)",
    }
    assert text(cases["avlastning"]["right"]["name"]) == "Avlastning"
    assert text(cases["avlastning"]["awaited"]["text"]) == "Vi venter på svar fra Hamar kommune (syntetisk)."
    assert cases["avlastning"]["awaited"]["from"] == "authority"


async def test_nav_has_no_fixed_time_limit_and_that_is_said(world):
    await world.tell(submitted())
    answer, preliminary = (await world.overview()).json()["items"][0]["answer"]
    assert (answer["deadline_id"], answer["last_day"], answer["days_left"]) == ("nav-uten-ugrunnet-opphold", None, None)
    assert (
        text(answer["text"])
        == "Loven setter ingen fast frist. Nav skal avgjøre saken uten ugrunnet opphold. Etter folketrygdloven § 21-10."
    )
    assert (preliminary["deadline_id"], preliminary["last_day"], preliminary["days_left"]) == (
        "forelopig-svar-gjeldende",
        "2026-12-24",
        30,
    )
    assert text(preliminary["text"]) == (
        "Tar det mer enn en måned å avgjøre saken, skal du få et foreløpig svar. Det skal si hvorfor, og om mulig når svaret kommer."
        " Dette er ikke fristen for vedtaket. Siste dag er 24. desember 2026. Regnet én måned fra 24. november 2026, da søknaden ble sendt."
        " Etter forvaltningsloven § 11 a tredje ledd."
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nn", "Lova set ingen fast frist. Hamar kommune (syntetisk) skal avgjere saka utan ugrunna opphald."),
        (
            "en",
            "The law sets no fixed time limit. Hamar municipality (synthetic) shall decide the case without undue delay.",
        ),
    ],
)
async def test_the_words_come_in_the_language_asked_for(world, lang, words):
    await world.tell(submitted(right_id="avlastning", authority_kind="municipality", authority_org="312482754"))
    [case] = (await world.overview(headers={"Accept-Language": lang})).json()["items"]
    assert text(case["answer"][0]["text"]).startswith(words)
    assert case["answer"][0]["text"]["lang"] == lang


async def test_a_last_day_on_a_holiday_is_moved_and_the_reason_is_said(world):
    await world.tell(submitted(submitted_at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC)))
    [_, preliminary] = (await world.overview()).json()["items"][0]["answer"]
    assert preliminary["last_day"] == "2026-12-28"
    assert "fra 25. november 2026" in text(preliminary["text"])
    assert (
        "Det blir 25. desember 2026, som er lørdag, søndag eller helligdag. Da flyttes fristen til neste virkedag."
        in text(preliminary["text"])
    )


async def test_when_the_preliminary_answer_is_late_the_family_is_told_to_ask(world):
    await world.tell(submitted())
    world.service.clock.forward(timedelta(days=31))
    [_, preliminary] = (await world.overview()).json()["items"][0]["answer"]
    assert preliminary["days_left"] == 0
    assert "Den er ute. Du kan spørre hvordan det går med saken." in text(preliminary["text"])


async def test_a_closed_case_shows_no_more_time_limits(world):
    await world.tell(submitted(), changed(2, ApplicationStatus.WITHDRAWN))
    [case] = (await world.overview()).json()["items"]
    assert (case["status"], case["open"], case["answer"], case["awaited"]["from"]) == ("withdrawn", False, [], "nobody")


async def test_a_case_shows_each_step_and_whose_move_it_is(world):
    case = submitted()
    await world.tell(
        case, changed(2, ApplicationStatus.RECEIVED), changed(3, ApplicationStatus.DOCUMENTATION_REQUESTED)
    )
    answer = await world.case(case.application_id)
    view = answer.json()
    assert [text(step["text"]) for step in view["timeline"]] == [
        "Søknaden ble sendt til Nav (syntetisk).",
        "Nav (syntetisk) har mottatt søknaden.",
        "Nav (syntetisk) har bedt om flere opplysninger.",
    ]
    assert (view["awaited"]["from"], text(view["awaited"]["text"])) == (
        "family",
        "Nå er det dere som skal svare Nav (syntetisk).",
    )


async def test_a_stranger_finds_neither_overview_nor_case(world):
    case = submitted()
    await world.tell(case)
    stranger = citizen(children=[uuid4()])
    assert (await world.case(case.application_id, stranger)).status_code == 404
    assert (await world.service.get(f"/status/v1/children/{CHILD}/overview", stranger)).status_code == 404
    assert (await world.service.get(f"/status/v1/children/{CHILD}/overview", machine("312480018"))).status_code == 403
    assert (await world.case(uuid4())).status_code == 404
    assert (await world.case(case.application_id)).status_code == 200


async def test_a_protected_childs_office_is_not_named(world):
    case = submitted(right_id="avlastning", authority_kind="municipality", authority_org=None)
    await world.tell(case, submitted(uuid4(), authority_kind="municipality", authority_org="312482754"))
    at_home = replace(world.mother, subjects={CHILD: Subject("guardian", protected=True)})
    names = {text(each["authority"]["name"]) for each in (await world.overview(at_home)).json()["items"]}
    assert names == {"Kommunen"}


async def test_the_overview_is_paged_newest_first(world):
    ids = [uuid4() for _ in range(3)]
    await world.tell(
        *(submitted(each, submitted_at=datetime(2026, 11, 20 + number, tzinfo=UTC)) for number, each in enumerate(ids))
    )
    first = (await world.overview(query="?limit=2")).json()
    rest = (await world.overview(query=f"?limit=2&cursor={first['next']}")).json()
    assert [each["id"] for each in first["items"] + rest["items"]] == [str(each) for each in ids[::-1]]
    assert rest["next"] is None
    assert (await world.overview(query="?cursor=WyIyMDI2LTExLTI0IiwieCJd")).status_code == 400


async def test_every_reading_is_logged(world):
    case = submitted()
    await world.tell(case)
    await world.overview()
    await world.case(case.application_id)
    rows = await world.service.rows("select what, child_id, reader_id from access_log order by id")
    assert [row["what"] for row in rows] == ["cases", "case"]
    assert {(row["child_id"], row["reader_id"]) for row in rows} == {(CHILD, world.mother.person)}


async def test_a_right_that_is_not_known_here_shows_its_id(world):
    await world.tell(submitted(right_id="noe-nytt"))
    [case] = (await world.overview()).json()["items"]
    assert (text(case["right"]["name"]), case["answer"]) == ("noe-nytt", [])


async def test_what_cannot_be_logged_is_not_served(world):
    case = submitted()
    await world.tell(case)
    await world.service.rows("revoke insert on access_log from status")
    for answer in (await world.overview(), await world.case(case.application_id)):
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:somlos:problem:unavailable")
