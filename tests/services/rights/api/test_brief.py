"""The list is brief: it says enough to choose and to ask, and where the rest is."""

from uuid import uuid4

import pytest

from services.rights.domain.verdict import Verdict
from services.rights.store.rulebook import rulebook
from tests.services.rights.families import MOTHERS_FACTS, profile
from tests.services.rights.reading import assessed, named, read
from tests.support.callers import citizen

WHOLE_ONLY = {"reasons", "to_be_assessed", "law", "rates", "amounts", "complaint", "coming", "links"}
MOST_BYTES = 130_000
# With the ten of CHILD_FACTS, what a family that has answered twenty questions may have told.
TEN_MORE = {
    "serious_condition": True,
    "has_disability": True,
    "rare_diagnosis": True,
    "care_need_level": "extensive",
    "lives_at_home": True,
    "needs_long_term_coordinated_services": True,
    "needs_habilitation": True,
    "needs_companion": True,
    "in_school": True,
    "needs_assistance_in_school": True,
}


@pytest.fixture
async def rights(start):
    return await start("rights")


@pytest.fixture
def mother(child):
    return citizen(children=[child])


@pytest.fixture
def child():
    return uuid4()


async def test_a_right_in_the_list_says_why_and_leads_to_the_whole_right(rights, child, mother):
    await assessed(rights, profile(child))
    brief = named(await read(rights, child, mother))["hjelpestonad"]
    assert not WHOLE_ONLY & brief.keys()
    assert (brief["verdict"], brief["says"], brief["missing"]) == ("likely", ["Trolig rett til dette."], [])
    assert brief["why"]["text"].startswith("Svaret er ja på: Er barnet medlem i folketrygden?")
    assert brief["application"] == {
        "needed": True,
        "you_may": True,
        "start": {
            "method": "POST",
            "href": "/applications/v1/applications",
            "body": {"child_id": str(child), "form_id": "hjelpestonad"},
        },
    }
    whole = (await rights.get(brief["href"], mother)).json()["right"]
    assert whole.keys() >= WHOLE_ONLY
    assert {key: whole[key] for key in ("id", "name", "verdict", "says", "confidence", "missing")} == {
        key: brief[key] for key in ("id", "name", "verdict", "says", "confidence", "missing")
    }
    favours = [each["fact"] for each in whole["reasons"] if each["favours"]]
    assert brief["told"] == sum(rulebook().vocabulary[fact].origin == "told" for fact in favours) > 0


async def test_what_age_and_registers_carry_alone_is_not_told(rights, child, mother):
    await assessed(rights, profile(child))
    brief = named(await read(rights, child, mother))["tannhelse-barn-og-unge"]
    assert (brief["verdict"], brief["told"]) == ("likely", 0)
    assert brief["why"]["text"] == "Barnet fyller 9 år i år."


async def test_end_of_life_care_is_discreet_until_somebody_has_told_of_it(rights, child, mother):
    sad, usual = "pleiepenger-livets-sluttfase", "pleiepenger-sykt-barn"
    await assessed(rights, profile(child, guardians=[(mother.person, MOTHERS_FACTS)]))
    listed = named(await read(rights, child, mother))
    assert [(each["told"] > 0, each["discreet"]) for each in (listed[sad], listed[usual])] == [
        (True, True),
        (True, False),
    ]
    await assessed(rights, profile(child, version=2, end_of_life_care=True))
    assert named(await read(rights, child, mother))[sad]["discreet"] is False


async def test_a_right_that_nothing_speaks_for_yet_has_no_why(rights, child, mother):
    brief = named(await read(rights, child, mother))["hjelpestonad"]
    assert (brief["told"], brief["why"]) == (0, None)


async def test_in_a_verdict_what_was_told_about_comes_first_and_then_what_lacks_least(rights, child, mother):
    await assessed(rights, profile(child, guardians=[(mother.person, MOTHERS_FACTS)], **TEN_MORE))
    listed = (await read(rights, child, mother))["rights"]
    order = [
        (list(Verdict).index(Verdict(each["verdict"])), each["told"] == 0, len(each["missing"])) for each in listed
    ]
    assert order == sorted(order)
    assert {told for _, told, _ in order} == {True, False}


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
async def test_after_twenty_answers_the_list_is_light_enough_for_a_phone(rights, child, mother, lang):
    await assessed(rights, profile(child, guardians=[(mother.person, MOTHERS_FACTS)], **TEN_MORE))
    listed = await rights.get(f"/rights/v1/children/{child}", mother, headers={"Accept-Language": lang})
    assert len(listed.content) < MOST_BYTES
    assert len(listed.json()["rights"]) == len(rulebook().rules) - 1
