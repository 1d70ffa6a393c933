"""An answer explains itself: why, what is missing, what must be judged, which rate, how sure."""

from uuid import uuid4

import pytest

from services.rights.domain.profile import State, Stated
from tests.services.rights.families import profile
from tests.services.rights.reading import assessed, read
from tests.support.callers import citizen


@pytest.fixture
async def rights(start):
    return await start("rights")


async def test_a_likely_right_explains_itself(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    right = (await read(rights, child, mother, "hjelpestonad"))["right"]
    assert (right["verdict"], right["confidence"], right["missing"]) == ("likely", "sourced", [])
    assert right["says"] == ["Trolig rett til dette."]
    blind = next(each for each in right["reasons"] if each["fact"] == "blind_or_cannot_orient_by_sight")
    assert blind["favours"] is True
    assert blind["text"]["text"].startswith("Svaret er ja på: Er barnet blindt")
    assert blind["law"] == [
        {
            "act": "Folketrygdloven",
            "text": "Folketrygdloven § 6-4 femte ledd",
            "place": "§ 6-4 femte ledd",
            "url": "https://lovdata.no/dokument/NL/lov/1997-02-28-19",
            "section": "6-4",
            "paragraph": "femte",
            "was_read": "read",
            "read_as_of": "2026-06-20",
        }
    ]
    assert right["application"]["form"] == "NAV 06-04.04"
    assert right["application"]["start"] == {
        "method": "POST",
        "href": "/applications/v1/applications",
        "body": {"child_id": str(child), "form_id": "hjelpestonad"},
    }
    assert right["application"]["documentation"][0]["text"].startswith("Beskrivelse av hjelpebehovet")
    assert (right["application"]["deadline"], right["application"]["answer_deadline"]) == (
        "etterbetaling-nav-maneder",
        "nav-uten-ugrunnet-opphold",
    )
    assert right["complaint"]["deadline"] == "klage-nav"
    assert right["complaint"]["body"]["name"]["text"] == "Nav klageinstans"
    assert [turn["at_age"] for turn in right["coming"]] == [18]
    assert right["links"]["gives_access_to"] == ["forhoyet-hjelpestonad"]
    assert right["catalog"] == "/catalog/v1/services/hjelpestonad"


async def test_what_must_be_judged_is_named_with_who_judges_it(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, blind_or_cannot_orient_by_sight=False))
    right = (await read(rights, child, mother, "hjelpestonad"))["right"]
    assert (right["verdict"], right["missing"]) == ("must_be_assessed", [])
    assert right["confidence"] is None
    [assess] = right["to_be_assessed"]
    assert assess["what"]["text"].startswith("Om hjelpebehovet er så stort")
    assert assess["by"] == {"id": "nav", "name": {"text": "Nav", "lang": "nb"}}


async def test_what_is_missing_comes_with_its_question(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, care_need_level=None, lives_in_institution=None))
    right = (await read(rights, child, mother, "hjelpestonad", headers={"Accept-Language": "en"}))["right"]
    assert right["verdict"] == "possible_missing_facts"
    question = next(each for each in right["missing"] if each["fact"] == "lives_in_institution")
    assert question["subject"] == "child"
    assert question["type"] == "boolean"
    assert question["question"] == {
        "text": "Does the child live in an institution or another round-the-clock service where food and lodging are covered?",
        "lang": "en",
    }


async def test_a_text_that_is_missing_in_the_language_is_given_in_norwegian_and_marked(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    right = (await read(rights, child, mother, "hjelpestonad", headers={"Accept-Language": "en"}))["right"]
    assert right["name"] == {"text": "Attendance benefit", "lang": "en"}
    assert (right["summary"]["lang"], right["summary"]["state"]) == ("en", "machine")
    for words in (right["application"]["channel"], *right["application"]["documentation"]):
        assert (words["lang"], words["state"]) == ("nb", "missing")
    assert right["says"] == ["Probably a right to this."]


async def test_a_rate_that_is_not_known_today_is_said_and_the_old_one_is_history_only(rights):
    mother = citizen(children=[child := uuid4()])
    facts = {
        "documented_extra_expenses_nok_per_year": 20000,
        "fixed_rate_expense_grounds": [],
        "extra_expense_types": ["special_diet"],
    }
    await assessed(rights, profile(child, **facts))
    right = (await read(rights, child, mother, "grunnstonad"))["right"]
    [rate] = [each for each in right["rates"] if each["id"] == "grunnstonad.sats_1"]
    assert rate["value"] is None
    assert rate["says"]["text"].endswith("ikke kjent den 24.11.2026. Derfor må noen vurdere det.")
    assert (rate["past"]["value"], rate["past"]["start"], rate["past"]["end"]) == (9024, "2024-01-01", "2025-01-01")
    assert (
        rate["past"]["says"]
        == "Sist kjent: 9\N{NO-BREAK SPACE}024 kroner i året, fra 1.1.2024 til og med 31.12.2024. Det gjelder ikke lenger."
    )
    assert right["verdict"] != "likely"


async def test_a_rate_that_was_never_checked_is_marked(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    [rate] = (await read(rights, child, mother, "frikort"))["right"]["rates"]
    assert rate["value"] == 3278
    assert rate["unverified"] == "Tallet er aldri kontrollert mot en kilde."


async def test_a_likely_right_that_rests_on_a_doubtful_rule_says_so(rights):
    mother = citizen(children=[child := uuid4()])
    facts = {
        "functional_ability_substantially_permanently_reduced": False,
        "end_of_life_care": True,
        "needs_assistive_device": True,
    }
    await assessed(rights, profile(child, **facts))
    right = (await read(rights, child, mother, "hjelpemidler-dagliglivet"))["right"]
    assert (right["verdict"], right["confidence"]) == ("likely", "uncertain")
    assert right["says"][0].startswith("Trolig rett til dette, men usikkert.")


async def test_a_rule_that_is_doubtful_itself_is_assessed_and_says_why(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, oral_health_affected_by_rare_condition=True, rare_diagnosis=True))
    right = (await read(rights, child, mother, "tako-senteret"))["right"]
    assert (right["verdict"], right["confidence"], right["to_be_assessed"]) == ("must_be_assessed", "uncertain", [])
    assert "regelen selv er usikker" in right["says"][0]


async def test_answers_that_differ_are_unknown_and_asked_again(rights):
    mother = citizen(children=[child := uuid4()])
    given = profile(child)
    differs = {**given.facts, "lives_in_institution": Stated(State.CONFLICT)}
    await assessed(rights, type(given)(child, 1, given.as_of, differs, ()))
    right = (await read(rights, child, mother, "hjelpestonad"))["right"]
    [question] = [each for each in right["missing"] if each["fact"] == "lives_in_institution"]
    assert (question["cause"], question["says"]) == ("conflict", "Svarene er ulike.")
