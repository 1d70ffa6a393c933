"""A family reads what coming birthdays change."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.rights.store.rulebook import rulebook
from shared.auth.principals import Subject
from tests.services.rights.families import MOTHERS_FACTS, profile
from tests.services.rights.reading import assessed, named
from tests.support.callers import citizen

BORN = "2012-02-29"


@pytest.fixture
async def rights(start):
    return await start("rights")


async def timeline(rights, child, caller, **params):
    answer = await rights.get(f"/rights/v1/children/{child}/timeline", caller, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_each_right_says_from_when_and_until_when_by_which_law(rights):
    mother = citizen(children=[child := uuid4()])
    told = profile(child, version=4, birth_date=BORN, guardians=[(mother.person, MOTHERS_FACTS)])
    await assessed(rights, told)
    body = await timeline(rights, child, mother)
    assert (body["child_id"], body["on"], body["profile_version"]) == (str(child), "2026-11-24", 4)
    assert body["until"] == "2038-11-24"  # twelve years on is later than the twenty-sixth birthday
    found = named(body)
    assert found.keys() == rulebook().rules.keys() - {"gravferdsstonad-barn"}
    higher = found["forhoyet-hjelpestonad"]
    [end] = higher["ends"]
    assert (end["day"], end["rule"], end["counts_from"]) == ("2030-03-01", "same_month", "2030-04-01")
    assert (end["after"], end["moved"], end["confidence"]) == ("not_relevant", ["child_age"], "uncertain")
    assert [each["text"] for each in end["law"]] == [
        "Folketrygdloven § 6-5 første ledd",
        "Folketrygdloven § 22-12 sjette ledd",
    ]
    assert [(each["from"], each["until"]) for each in higher["segments"]] == [
        ("2026-11-24", "2030-03-01"),
        ("2030-03-01", None),
    ]
    [begins] = found["ufoeretrygd"]["begins"]
    assert (begins["day"], begins["counts_from"], begins["before"]) == ("2030-03-01", "2030-04-01", "not_relevant")
    assert found["ufoeretrygd"]["apply_from"] == "2030-03-01"
    [coming] = found["hjelpestonad"]["coming"]
    assert (coming["at_age"], coming["falls"], coming["on"]) == (18, "birthday", "2030-03-01")
    assert higher["href"] == f"/rights/v1/children/{child}/rights/forhoyet-hjelpestonad"


async def test_the_first_segment_is_what_the_list_says_today(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, guardians=[(mother.person, MOTHERS_FACTS)]))
    listed = named((await rights.get(f"/rights/v1/children/{child}", mother)).json())
    for right, each in named(await timeline(rights, child, mother)).items():
        assert each["segments"][0]["verdict"] == listed[right]["verdict"], right


async def test_what_was_told_ends_and_is_asked_again(rights, clock):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, birth_date=BORN, in_school=True, school_level="grade_8_10"))
    body = await timeline(rights, child, mother)
    assert {"fact": "in_school", "on": "2027-08-01"} in body["ask_again"]
    clock.move_to(datetime(2027, 8, 1, 12, tzinfo=UTC))
    body = await timeline(rights, child, mother)
    assert "in_school" not in {each["fact"] for each in body["ask_again"]}
    assert any("in_school" in each["segments"][0]["missing"] for each in body["rights"])


@pytest.mark.parametrize("until", ["2026-11-23", "2056-11-25", "0001-01-01", "9999-12-31"])
async def test_a_day_that_is_past_or_too_far_is_refused_by_name(rights, until):
    mother = citizen(children=[child := uuid4()])
    answer = await rights.get(f"/rights/v1/children/{child}/timeline", mother, params={"until": until})
    assert answer.status_code == 422
    assert "until" in [each["field"].removeprefix("query.") for each in answer.json()["errors"]]


async def test_until_is_the_last_day_looked_at(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, birth_date=BORN))
    before, on = [await timeline(rights, child, mother, until=day) for day in ("2030-02-28", "2030-03-01")]
    assert [len(named(each)["briller-til-barn"]["segments"]) for each in (before, on)] == [1, 2]
    today = await timeline(rights, child, mother, until="2026-11-24")
    assert {len(each["segments"]) for each in today["rights"]} == {1}


async def test_a_small_child_is_looked_at_until_it_is_26(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, birth_date="2024-05-17"))
    assert (await timeline(rights, child, mother))["until"] == "2050-05-17"


async def test_before_the_first_profile_nothing_is_known_and_nothing_turns_by_age(rights):
    mother = citizen(children=[child := uuid4()])
    body = await timeline(rights, child, mother)
    assert (body["profile_version"], body["ask_again"]) == (0, [])
    assert not [each["id"] for each in body["rights"] if each["coming"]]


async def test_what_is_not_open_to_the_reader_is_not_named(rights):
    child = uuid4()
    father = citizen(grounds={child: Subject("guardian", frozenset({"family", "care"}))})
    await assessed(rights, profile(child, birth_date="2009-07-12", child_ill_now=True))
    body = await timeline(rights, child, father)
    facts = {fact for each in body["rights"] for part in each["segments"] for fact in part["missing"]}
    facts |= {each["fact"] for each in body["ask_again"]}
    vocabulary = rulebook().vocabulary
    shut = {"health", "function", "school", "economy"}
    assert not [fact for fact in facts if vocabulary[fact].group in shut and vocabulary[fact].subject == "child"]


async def test_it_is_kept_by_etag_logged_each_time_and_said_in_the_language_asked_for(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    path = f"/rights/v1/children/{child}/timeline"
    first = await rights.get(path, mother, headers={"Accept-Language": "en"})
    again = await rights.get(path, mother, headers={"Accept-Language": "en", "If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert named(first.json())["hjelpestonad"]["name"] == {"text": "Attendance benefit", "lang": "en"}
    assert len(await rights.rows("select 1 from access_log where child_id = :child", child=child)) == 2


async def test_anothers_child_is_not_there(rights):
    answer = await rights.get(f"/rights/v1/children/{uuid4()}/timeline", citizen(children=[uuid4()]))
    assert answer.status_code == 404


async def test_of_a_child_that_has_died_only_what_a_death_touches_is_shown(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, birth_date="2021-01-08", date_of_death="2026-06-14"))
    assert named(await timeline(rights, child, mother)).keys() == {"gravferdsstonad-barn", "foreldrepenger-syk-nyfodt"}
    assert date(2026, 11, 24).isoformat() == (await timeline(rights, child, mother))["on"]
