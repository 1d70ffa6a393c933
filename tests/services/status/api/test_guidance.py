"""The decision on the timeline, and the right to complain: said with every decision, in every language, with its arithmetic."""

from datetime import date

import pytest

from tests.services.status.complaining import complaining, days_from, decided
from tests.services.status.events.test_applications import submitted
from tests.services.status.law import NAV


@pytest.fixture
async def world(start):
    async with complaining(start) as made:
        yield made


async def guidance(world, **said):
    case = (await world.case(await world.a_decision(**said))).json()
    return case["complaint"]


async def test_a_case_that_is_not_decided_says_nothing_of_complaints(world):
    sent = submitted()
    await world.tell(sent)
    case = (await world.case(sent.application_id)).json()
    assert (case["decision"], case["complaint"], case["complaints"]) == (None, None, [])


async def test_a_refusal_says_how_to_complain_and_until_when(world):
    case_id = await world.a_decision()
    case = (await world.case(case_id)).json()
    assert case["decision"] == {
        "outcome": "refused",
        "text": {"text": "Dere fikk avslag.", "lang": "nb"},
        "decided_at": "2026-11-24",
        "notified_at": "2026-11-24",
        "superseded_by": None,
    }
    right = case["complaint"]
    assert (right["may"], right["deadline"], right["days_left"], right["late"]) == (True, "2026-12-22", 28, False)
    assert right["how"] == f"POST /status/v1/cases/{case_id}/complaints"
    assert right["text"]["text"] == (
        "Dere fikk avslag. Dere kan klage på vedtaket. Klagen sendes til Hamar kommune (syntetisk), som ser på saken en gang til."
        " Endrer de ikke vedtaket, sender de klagen til Statsforvalteren, som avgjør den."
    )
    assert right["deadline_text"]["text"] == (
        "Siste dag for å klage er 22. desember 2026. Regnet 4 uker fra 24. november 2026, da dere fikk vedtaket."
        " Etter pasient- og brukerrettighetsloven § 7-2 og pasient- og brukerrettighetsloven § 7-5."
    )
    assert (right["send_to"]["name"]["text"], right["body"]["kind"]) == ("Hamar kommune (syntetisk)", "statsforvalter")
    assert case["timeline"][-1]["text"]["text"] == "Hamar kommune (syntetisk) har avgjort saken."


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("refused", "Dere fikk avslag. Dere kan klage på vedtaket."),
        ("partly", "Dere fikk ikke alt dere søkte om. Dere kan klage på vedtaket."),
        ("granted", "Dere fikk det dere søkte om. Er dere likevel uenige i noe, kan dere klage."),
    ],
)
async def test_it_is_said_whatever_was_decided(world, outcome, words):
    right = await guidance(world, outcome=outcome)
    assert right["may"]
    assert right["text"]["text"].startswith(words)


@pytest.mark.parametrize(
    ("lang", "words", "limit"),
    [
        (
            "nn",
            "De fekk avslag. De kan klage på vedtaket.",
            "Siste dag for å klage er 22. desember 2026. Rekna 4 veker frå",
        ),
        (
            "en",
            "Your application was refused. You can complain about the decision.",
            "The last day to complain is 22 December 2026. Counted 4 weeks from",
        ),
    ],
)
async def test_it_comes_in_the_language_asked_for(world, lang, words, limit):
    case_id = await world.a_decision()
    answer = await world.service.get(f"/status/v1/cases/{case_id}", world.mother, headers={"Accept-Language": lang})
    right = answer.json()["complaint"]
    assert right["text"]["text"].startswith(words)
    assert right["deadline_text"]["text"].startswith(limit)
    assert {right[part]["lang"] for part in ("text", "deadline_text")} == {lang}


async def test_a_last_day_that_moves_says_why(world):
    right = await guidance(world, notified_at=date(2026, 11, 27))
    assert right["deadline"] == "2026-12-28"
    assert "Det blir 25. desember 2026, som er lørdag, søndag eller helligdag." in right["deadline_text"]["text"]


async def test_while_the_day_of_the_notice_is_not_known_the_length_is_said_and_no_date(world):
    right = await guidance(world, notified_at=None)
    assert (right["deadline"], right["days_left"], right["late"]) == (None, None, False)
    assert right["deadline_text"]["text"].startswith(
        "Fristen er 4 uker fra dere fikk vedtaket. Vi vet ikke hvilken dag det var."
    )


async def test_the_authoritys_longer_day_counts_and_the_laws_is_said_too(world):
    right = await guidance(world, complaint_deadline=days_from(35))
    assert right["deadline"] == "2026-12-29"
    assert right["deadline_text"]["text"].startswith(
        "Siste dag for å klage er 29. desember 2026. Hamar kommune (syntetisk) har satt denne dagen. Loven gir dere tid til 22. desember 2026."
    )


async def test_a_day_shorter_than_the_law_does_not_count_and_that_is_said(world):
    right = await guidance(world, complaint_deadline=days_from(7))
    assert right["deadline"] == "2026-12-22"
    assert (
        "Hamar kommune (syntetisk) har skrevet 1. desember 2026. Det er kortere enn loven. Dagen her gjelder."
        in right["deadline_text"]["text"]
    )


async def test_the_authoritys_day_alone_is_shown_as_its_own(world):
    right = await guidance(world, notified_at=None, complaint_deadline=days_from(35))
    assert right["deadline_text"]["text"].startswith(
        "Siste dag for å klage er 29. desember 2026. Hamar kommune (syntetisk) har satt denne dagen."
    )


async def test_after_the_last_day_one_can_still_complain_with_a_reason(world):
    case_id = await world.a_decision()
    world.days_pass(29)
    right = (await world.case(case_id)).json()["complaint"]
    assert (right["may"], right["late"], right["days_left"]) == (True, True, 0)
    assert right["deadline_text"]["text"].endswith(
        "Fristen er ute. Dere kan likevel klage. Skriv hvorfor klagen kommer sent."
    )


async def test_after_a_year_it_is_said_that_it_is_no_longer_a_complaint(world):
    case_id = await world.a_decision()
    world.days_pass(366)
    right = (await world.case(case_id)).json()["complaint"]
    assert "Det er mer enn ett år siden vedtaket." in right["deadline_text"]["text"]
    assert right["deadline_text"]["text"].endswith("Etter forvaltningsloven § 31 tredje ledd.")


async def test_where_nobody_is_known_to_decide_the_family_is_told_whom_to_ask(world):
    right = await guidance(world, right_id="noe-nytt", complaint_body=None)
    assert (right["may"], right["how"], right["body"]) == (False, None, None)
    assert right["text"]["text"] == (
        "Vi vet ikke hvem som avgjør en klage i denne saken. Spør Hamar kommune (syntetisk)."
    )
    assert right["deadline_text"]["text"] == "Vi kjenner ikke fristen. Den skal stå i vedtaket."


async def test_the_overview_shows_the_decision_and_the_time_limit(world):
    await world.a_decision()
    [case] = (await world.overview()).json()["items"]
    assert (case["decision"]["outcome"], case["complaint"]["deadline"], case["open"]) == (
        "refused",
        "2026-12-22",
        False,
    )


async def test_the_overview_shows_the_complaint_and_whose_move_it_is(world):
    complaint = await world.a_complaint("receipt", "reassessment")
    [case] = (await world.overview()).json()["items"]
    assert (case["open"], case["complaint"]["may"], case["complaint"]["text"]["text"]) == (
        True,
        False,
        "Dere har klaget. Klagen er ikke ferdig.",
    )
    assert case["awaited"] == {
        "from": "authority",
        "text": {"text": "Vi venter på at Hamar kommune (syntetisk) sender klagen videre.", "lang": "nb"},
    }
    assert [each["id"] for each in case["complaints"]] == [complaint["id"]]
    await world.step(complaint["id"], "forwarding")
    [case] = (await world.overview()).json()["items"]
    assert case["awaited"]["from"] == "appeal-body"
    assert case["awaited"]["text"]["text"] == (
        "Vi venter på at Statsforvalteren i Innlandet (syntetisk) avgjør klagen."
    )


async def test_the_timeline_holds_the_case_and_its_complaint_in_one(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding", "decision")
    case = (await world.case(complaint["case_id"])).json()
    assert [step["text"]["text"] for step in case["timeline"]] == [
        "Søknaden ble sendt til Hamar kommune (syntetisk).",
        "Hamar kommune (syntetisk) har avgjort saken.",
        "Klagen ble sendt til Hamar kommune (syntetisk).",
        "Hamar kommune (syntetisk) har mottatt klagen.",
        "Hamar kommune (syntetisk) har sett på saken igjen og endrer ikke vedtaket.",
        "Hamar kommune (syntetisk) har sendt klagen videre til Statsforvalteren i Innlandet (syntetisk).",
        "Statsforvalteren i Innlandet (syntetisk) har avgjort klagen. Dere fikk medhold. Vedtaket er endret.",
    ]
    assert [step["about"] for step in case["timeline"]] == ["case"] * 2 + ["complaint"] * 5
    assert case["decision"]["superseded_by"] == complaint["id"]
    assert case["decision"]["text"]["text"] == "Vedtaket er endret etter klage."
    assert case["complaint"]["text"]["text"].startswith("Klagen er avgjort.")


async def test_the_etag_of_a_case_changes_with_its_complaint(world):
    case_id = await world.a_decision()
    before = (await world.case(case_id)).headers["ETag"]
    await world.complain(case_id)
    assert (await world.case(case_id)).headers["ETag"] != before


async def test_a_protected_childs_office_is_not_named(world):
    case_id = await world.a_decision(protected=True)
    right = (await world.case(case_id, world.at_home())).json()["complaint"]
    assert right["send_to"]["name"]["text"] == "Kommunen"
    assert "Hamar" not in right["text"]["text"]


async def test_navs_decision_goes_to_nav_appeals_within_six_weeks(world):
    sent = submitted(authority_kind="nav", authority_org=NAV)
    await world.tell(sent, decided(sent.application_id, complaint_body=None))
    right = (await world.case(sent.application_id)).json()["complaint"]
    assert (right["deadline"], right["body"]["kind"]) == ("2027-01-05", "nav_klageinstans")
    assert right["deadline_text"]["text"].endswith(
        "Etter folketrygdloven § 21-12 femte ledd og forvaltningsloven § 29."
    )
