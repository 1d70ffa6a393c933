"""Anyone asks which rights some facts give: the verdicts of the reference, what is missing, why, what to ask next, and nothing kept."""

import random
from datetime import date, timedelta

import jsonschema_rs
import pytest

from services.rights.api.evaluations import EvaluatedView
from services.rights.api.told_facts import can_be_told
from services.rights.domain.fact import Type
from services.rights.store.rulebook import rulebook
from shared.dates import age_on, months_on
from tests.services.rights.profiles import random_value
from tests.services.rights.reference import read_reference
from tests.support.callers import public

PATH = "/rights/v1/evaluations"
FACTS = {
    "birth_date": "2018-03-02",
    "lives_in_norway": True,
    "national_insurance_member": True,
    "needs_supervision_or_care_more_than_same_age": True,
    "care_need_level": "extensive",
}
DAYS = (date(2026, 11, 22), date(2022, 6, 1), date(2026, 7, 30))
PROFILES = 24
TRUTH = {"likely": {"true"}, "possible_missing_facts": {"unknown"}, "unlikely": {"false"}}


@pytest.fixture
async def rights(start):
    return await start("rights")


@pytest.fixture(scope="module")
def reference(facts_folder):
    return read_reference(facts_folder)


async def asked(service, facts=None, *, status=200, headers=None, params=None, **body):
    answer = await service.post(
        PATH, public(), json={"facts": FACTS if facts is None else facts, **body}, headers=headers, params=params
    )
    assert answer.status_code == status, answer.text
    return answer


async def evaluated(service, facts=None, **body):
    return (await asked(service, facts, **body)).json()


def by_id(body):
    return {each["id"]: each for each in body["rights"]}


def value_of(fact, rng):
    value = random_value(fact, rng)
    return value if fact.min is None else min(max(value, fact.min), fact.max)


def made_up(rng):
    """Facts as someone tells them, by chance, and the day that is asked about."""
    day, density = rng.choice(DAYS), rng.choice([0, 0.1, 0.4, 0.7, 1])
    facts = {
        fact_id: value_of(fact, rng)
        for fact_id, fact in rulebook().facts.items()
        if can_be_told(fact_id, fact) and fact.type is not Type.DATE and rng.random() < density
    }
    if rng.random() < 0.8:
        facts["birth_date"] = (day - timedelta(days=rng.randint(0, 9000))).isoformat()
    if rng.random() < 0.8:
        facts["parent_birth_date"] = (day - timedelta(days=rng.randint(9500, 25000))).isoformat()
    return facts, day


def known_of(facts, day):
    """The same as the reference takes them: ages in place of dates."""
    known = {fact: value for fact, value in facts.items() if not fact.endswith("birth_date")}
    if stated := facts.get("birth_date"):
        birth = date.fromisoformat(stated)
        known |= {
            "child_age": age_on(birth, day),
            "child_age_months": months_on(birth, day),
            "child_age_turning_this_year": day.year - birth.year,
            "kindergarten_age": day < date(birth.year + 6, 8, 1),
            "deceased": False,
        }
    if stated := facts.get("parent_birth_date"):
        birth = date.fromisoformat(stated)
        known |= {"parent_age": age_on(birth, day), "parent_age_turning_this_year": day.year - birth.year}
    return known


async def test_the_verdicts_are_those_of_the_reference(rights, reference):
    laws, rates, vocabulary = reference.rights(), reference.rates(), reference.facts()
    rng, differences = random.Random(6), []
    for _ in range(PROFILES):
        facts, day = made_up(rng)
        found = by_id(await evaluated(rights, facts, at=day.isoformat()))
        known = known_of(facts, day)
        for name in found:
            verdict, missing = reference.verdict(laws[name], known, day, rates, vocabulary)
            registers = (
                reference.open_facts(laws[name], known, day, rates, vocabulary)[1]
                if verdict == "possible_missing_facts"
                else set()
            )
            sure = reference.confidence_of(laws[name], known, day, rates)
            ours = found[name]
            if (ours["verdict"], set(ours["missing"]), set(ours["from_register"]), ours["confidence"]) != (
                verdict,
                missing,
                registers,
                sure,
            ):
                differences.append((name, day, facts))
    assert differences == []


async def test_every_right_of_the_day_is_answered_and_each_leads_on(rights):
    body = await evaluated(rights, at="2026-11-25")
    EvaluatedView.model_validate(body)
    assert body["at"] == "2026-11-25"
    assert by_id(body).keys() == rulebook().rules_on(date(2026, 11, 25)).keys()
    allowance = by_id(body)["hjelpestonad"]
    assert allowance["verdict"] == "possible_missing_facts"
    assert "private_care_provided" in allowance["missing"]
    assert allowance["catalog"] == "/catalog/v1/services/hjelpestonad"
    assert allowance["rule"] == "/rights/v1/rules/hjelpestonad"
    assert allowance["application"]["start"] == {
        "method": "POST",
        "href": "/applications/v1/applications",
        "body": {"form_id": "hjelpestonad"},
        "lacks": ["child_id"],
    }


async def test_today_is_asked_about_when_no_day_is_named(rights):
    assert (await evaluated(rights))["at"] == rights.clock.now().date().isoformat()


async def test_why_agrees_with_the_verdict_and_fits_its_schema(rights):
    validator = jsonschema_rs.Draft202012Validator((await rights.get("/rights/v1/schemas/because", public())).json())
    for facts in (FACTS, {}, {**FACTS, "blind_or_cannot_orient_by_sight": True, "lives_in_institution": False}):
        for right in (await evaluated(rights, facts))["rights"]:
            validator.validate(right["because"])
            assert right["because"]["truth"] in TRUTH.get(right["verdict"], {"true", "false", "unknown"}), right["id"]


async def test_without_explanation_the_answer_is_the_same_but_short(rights):
    whole, brief = await evaluated(rights), await evaluated(rights, params={"explain": "false"})
    assert {"because", "would_change"} <= whole["rights"][0].keys()
    for each in whole["rights"]:
        del each["because"], each["would_change"]
    assert brief == whole


async def test_one_right_can_be_asked_for_alone_and_is_explained_in_words_too(rights):
    body = await evaluated(rights, {**FACTS, "lives_in_institution": False}, params={"right": "hjelpestonad"})
    [right] = body["rights"]
    assert right["explained"]["plain"][0]["text"]["text"]
    assert {line["node"] for line in right["explained"]["legal"]} >= {"private-care-provided"}
    assert {each["id"] for asked_for in body["next_questions"] for each in asked_for["rights"]} == {"hjelpestonad"}
    refusal = await asked(rights, params={"right": "flyvende-teppe"}, status=400)
    assert refusal.json()["errors"][0]["field"] == "right"


async def test_the_youth_who_looks_is_spoken_to(rights):
    asked_for = await evaluated(rights, {"birth_date": "2011-03-02"}, params={"to": "youth", "right": "hjelpestonad"})
    questions = [each["question"]["text"] for each in asked_for["next_questions"]]
    assert questions
    assert not [each for each in questions if "barnet" in each]
    assert asked_for["rights"][0]["summary"]["text"] == rulebook().right_texts["hjelpestonad"].youth.nb.text


async def test_what_nobody_knows_may_be_missing_and_is_not_asked_again(rights):
    before = await evaluated(rights)
    unknown = [each["fact"] for each in before["next_questions"]]
    after = await evaluated(rights, not_known=unknown)
    assert {right["id"]: right["verdict"] for right in after["rights"]} == {
        right["id"]: right["verdict"] for right in before["rights"]
    }
    assert set(unknown) & {fact for right in after["rights"] for fact in right["missing"]}
    assert not set(unknown) & {each["fact"] for each in after["next_questions"]}


async def test_an_answer_to_the_next_question_is_an_answer(rights):
    asked_for = (await evaluated(rights))["next_questions"][0]
    assert asked_for["question"]["text"]
    assert asked_for["rights"][0].keys() == {"id", "name", "discreet"}
    assert not asked_for["sensitive"]


@pytest.mark.parametrize(("lang", "said"), [("nb", "Kan ha rett"), ("nn", "Kan ha rett"), ("en", "May have a right")])
async def test_it_speaks_the_callers_language(rights, lang, said):
    answer = await asked(rights, headers={"Accept-Language": lang})
    assert answer.headers["content-language"] == lang
    assert by_id(answer.json())["hjelpestonad"]["says"][0].startswith(said)


async def test_nothing_is_stored_logged_or_kept_by_anyone(rights, caplog, capfd):
    tables = ("access_log", "idempotency_key", "outbox", "assessment")
    before = [(await rights.rows(f"select count(*) as n from {table}"))[0]["n"] for table in tables]
    answer = await asked(rights, {**FACTS, "unpaid_care_hours_per_week": 98.7654})
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    after = [(await rights.rows(f"select count(*) as n from {table}"))[0]["n"] for table in tables]
    assert after == before
    written = caplog.text + "".join(capfd.readouterr())
    assert "98.7654" not in written
    assert "2018-03-02" not in written


async def test_a_fault_names_the_fact_what_is_expected_and_what_came(rights):
    refusal = (await asked(rights, {"number_of_children": "8", "lives_in_norway": True}, status=422)).json()
    assert refusal["type"] == "urn:somlos:problem:invalid-input"
    [fault] = refusal["errors"]
    assert fault["field"] == "facts.number_of_children"
    assert fault["expected"].startswith("a whole number from ")
    assert fault["got"] == "a text of length 1"
    assert fault["detail"] == "Svaret har feil form."


@pytest.mark.parametrize(
    "content",
    [b'{"facts": {"unpaid_care_hours_per_week": NaN}}', b'{"facts": {"unpaid_care_hours_per_week": 1e999}}'],
)
async def test_a_number_that_is_none_is_refused(rights, content):
    answer = await rights.post(PATH, public(), content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert "facts" in answer.json()["errors"][0]["field"] or answer.status_code == 400


@pytest.mark.parametrize(
    "body", [{"facts": []}, {"facts": FACTS, "name": "Blid"}, {"not_known": "has_disability"}, {"at": "tomorrow"}, []]
)
async def test_a_body_of_another_shape_is_refused(rights, body):
    assert (await rights.post(PATH, public(), json=body)).status_code == 422


async def test_what_only_something_rare_could_open_is_said_so(rights):
    facts = {**FACTS, "needs_supervision_or_care_more_than_same_age": False, "lives_in_institution": False}
    right = by_id(await evaluated(rights, facts, at="2026-11-25"))["hjelpestonad"]
    assert (right["verdict"], right["only_rare"]) == ("possible_missing_facts", True)
    assert right["says"] == ["Trolig ikke rett til dette, med mindre noe sjeldent gjelder for dere. Noen svar mangler."]


async def test_an_answer_that_rests_on_an_old_figure_says_which(rights):
    facts = {
        "birth_date": "2016-03-02",
        "lives_in_norway": True,
        "needs_personal_assistance": True,
        "assistance_need_duration_years": 5,
        "needs_assistance_hours_per_week": 40,
    }
    right = by_id(await evaluated(rights, facts, at="2026-11-22"))["brukerstyrt-personlig-assistanse"]
    assert (right["verdict"], right["stale"]) == ("likely", ["bpa.timer_rett", "bpa.varighet_ar"])
    assert right["says"][1].startswith("Svaret bruker et tall som ikke er kontrollert for denne dagen: ")
    [hours] = [each for each in nodes(right["because"]) if each["id"] == "assistance-hours-enough"]
    [compared] = hours["comparisons"]
    assert compared["rate"] == "bpa.timer_rett"
    assert date.fromisoformat(compared["verified_until"]) < date(2026, 11, 22)
    assert date.fromisoformat(compared["rate_from"]) <= date(2026, 11, 22)


def nodes(because):
    yield because
    for part in because.get("parts", ()):
        yield from nodes(part)
