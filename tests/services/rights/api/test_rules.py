"""Anyone reads the rules: a list, each rule as data and as text, and the vocabulary with its questions."""

from datetime import date

import pytest

from services.rights.api.conditions import lines
from services.rights.api.speech import speech_in
from services.rights.store.rulebook import rulebook
from services.rights.store.trees import NodeFile
from shared.texts import Lang
from tests.support.callers import public

RULES, FACTS = "/rights/v1/rules", "/rights/v1/facts"
DAY = date(2026, 11, 25)


@pytest.fixture
async def rights(start):
    return await start("rights")


async def read(service, path, **request):
    answer = await service.get(path, public(), **request)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_list_holds_every_rule_and_where_to_read_it(rights):
    page = await read(rights, RULES)
    assert [each["id"] for each in page["items"]] == sorted(rulebook().rights)
    assert page["next"] is None
    assert page["items"][0]["href"] == f"{RULES}/{page['items'][0]['id']}"


async def test_a_list_goes_on_where_it_stopped(rights):
    first = await read(rights, RULES, params={"limit": 60})
    second = await read(rights, RULES, params={"limit": 60, "cursor": first["next"]})
    assert [each["id"] for each in first["items"] + second["items"]] == sorted(rulebook().rights)


async def test_the_tree_is_the_rules_own_data(rights):
    for right_id, right in [*rulebook().rights.items()][:12]:
        rule = await read(rights, f"{RULES}/{right_id}", params={"on": DAY.isoformat()})
        version = next(each for _, each in right.versions if each.valid.until is None)
        assert NodeFile.model_validate(rule["tree"]) == version.when


@pytest.mark.parametrize("lang", list(Lang))
def test_every_node_of_every_rule_has_a_line_to_read(lang):
    for right_id, rule in rulebook().rules.items():
        found = list(lines(rule.tree, DAY, speech_in(lang)))
        assert len({line.node for line in found}) == len(found), right_id
        assert all(line.text.text and "{" not in line.text.text for line in found), right_id


async def test_the_text_stands_beside_its_law_in_the_callers_language(rights):
    rule = await read(rights, f"{RULES}/hjelpestonad", headers={"Accept-Language": "en"})
    line = next(each for each in rule["text"] if each["node"] == "member")
    assert line["text"]["text"].startswith("The answer must be yes to: Is the child a member")
    assert line["law"][0]["place"] == "§ 6-4 første ledd"
    assert line["law"][0]["url"].startswith("https://lovdata.no/")


def test_a_condition_reads_as_a_sentence():
    found = {}
    for right_id in ("avlastning", "bilstonad", "brukerstyrt-personlig-assistanse"):
        rule = rulebook().rules[right_id]
        found |= {(right_id, line.node): line.text.text for line in lines(rule.tree, DAY, speech_in(Lang.NB))}
    assert found["avlastning", "care-need-level-considerable-or-extensive"].startswith(
        "Svaret må være «Mye mer» eller «Svært mye mer» på: Hvor mye mer omsorg"
    )
    assert found["brukerstyrt-personlig-assistanse", "under-67"] == "Dette må stemme: Barnet er under 67 år."
    assert found["brukerstyrt-personlig-assistanse", "assistance-hours-enough"].startswith(
        "Svaret må være minst 32 timer i uken på: Omtrent hvor mange timer"
    )


async def test_a_rule_leads_to_the_service_the_application_and_the_rights_it_touches(rights):
    rule = await read(rights, f"{RULES}/hjelpestonad")
    assert rule["catalog"] == "/catalog/v1/services/hjelpestonad"
    assert rule["start"]["body"] == {"form_id": "hjelpestonad"}
    assert rule["application"]["form"] == "NAV 06-04.04"
    assert rule["begins"]["rule"] == "next_month"
    assert {"relation": "gives_access_to", "id": "forhoyet-hjelpestonad"}.items() <= rule["links"][0].items()
    assert rule["versions"]


async def test_who_has_the_rule_already_gets_304(rights):
    for path in (RULES, f"{RULES}/hjelpestonad", FACTS, "/rights/v1/schemas/because"):
        first = await rights.get(path, public())
        again = await rights.get(path, public(), headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["cache-control"] == "public, no-cache"


@pytest.mark.parametrize("right_id", ["flyvende-teppe", "no_such"])
async def test_a_rule_that_does_not_exist_is_404(rights, right_id):
    assert (await rights.get(f"{RULES}/{right_id}", public())).status_code == 404


@pytest.mark.parametrize("day", ["1899-12-31", "9999-12-31", "soon"])
async def test_a_day_that_no_rule_could_be_for_is_refused(rights, day):
    answer = await rights.get(f"{RULES}/hjelpestonad", public(), params={"on": day})
    assert answer.status_code in (400, 422)


async def test_the_vocabulary_has_each_question_as_each_reader_is_asked_it(rights):
    items = {each["id"]: each for each in (await read(rights, FACTS))["items"]}
    assert items.keys() == rulebook().facts.keys()
    fact = items["national_insurance_member"]
    assert fact["questions"]["parent"].keys() == {"nb", "nn", "en"}
    assert fact["questions"]["youth"]["nb"].startswith("Er du medlem")
    assert items["number_of_children"]["min"] >= 0
    assert items["care_need_level"]["values"][0].keys() >= {"value", "label"}
    assert [items[each]["can_be_told"] for each in ("birth_date", "child_age", "stillborn", "deceased")] == [
        True,
        False,
        False,
        False,
    ]
