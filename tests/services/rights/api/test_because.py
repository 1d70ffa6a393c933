"""Why, on one right of a child: the deciding part as data, in plain words and with the law, to each reader as far as it may see."""

import random
from datetime import date
from uuid import uuid4

import pytest

from services.rights.api.because import everything, tree
from services.rights.api.explained import legal, plain
from services.rights.api.speech import speech_in
from services.rights.domain.verdict import judge
from services.rights.store.rulebook import rulebook
from shared.auth.principals import Subject
from shared.texts import Lang
from tests.services.rights.families import profile
from tests.services.rights.profiles import random_profile, situation_of
from tests.services.rights.reading import assessed, read
from tests.support.callers import citizen

DAY = date(2026, 11, 25)
NOT_TOLD = {"private_care_provided": None, "blind_or_cannot_orient_by_sight": False}


@pytest.fixture
async def rights(start):
    return await start("rights")


async def right_of(service, child, caller, **request):
    return (await read(service, child, caller, "hjelpestonad", **request))["right"]


def nodes(because):
    yield because
    for part in because.get("parts", ()):
        yield from nodes(part)


async def test_a_yes_is_carried_by_what_was_told_with_its_law(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    right = await right_of(rights, child, mother)
    assert right["because"]["truth"] == "true"
    member = next(each for each in nodes(right["because"]) if each["id"] == "member")
    assert member.items() >= {"kind": "fact", "fact": "national_insurance_member", "value": True}.items()
    plain_line = next(each for each in right["explained"]["plain"] if each["node"] == "member")
    assert plain_line["text"]["text"].startswith("Svaret er ja på: Er barnet medlem i folketrygden?")
    legal_line = next(each for each in right["explained"]["legal"] if each["node"] == "member")
    assert legal_line["text"]["text"].startswith("Svaret må være ja på:")
    assert (legal_line["outcome"], legal_line["confidence"]) == ("true", "sourced")
    assert legal_line["law"][0]["text"] == "Folketrygdloven § 6-4 første ledd"
    assert right["rule"] == "/rights/v1/rules/hjelpestonad"


async def test_what_is_open_says_why_and_what_would_change_it(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, **NOT_TOLD))
    right = await right_of(rights, child, mother)
    open_node = next(each for each in nodes(right["because"]) if each["id"] == "private-care-provided")
    assert (open_node["truth"], open_node["cause"]) == ("unknown", "not_asked")
    assert "value" not in open_node
    said = {each["node"]: each["text"]["text"] for each in right["explained"]["plain"]}
    assert said["private-care-provided"].startswith("Ikke besvart: ")
    assert said["care-worth-the-lowest-rate"].startswith("Nav må vurdere dette: Om hjelpebehovet er så stort")
    assert right["would_change"] == [{"node": "blind", "fact": "blind_or_cannot_orient_by_sight", "to": True}]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nn", "Nav må vurdere dette: Om hjelpebehovet er så stort at det svarer til eit"),
        ("en", "Nav (Labour and Welfare Administration) must assess this: Whether the need for help is so great"),
    ],
)
async def test_what_a_machine_wrote_says_so(rights, lang, said):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, **NOT_TOLD))
    right = await right_of(rights, child, mother, headers={"Accept-Language": lang})
    line = next(each for each in right["explained"]["plain"] if each["node"] == "care-worth-the-lowest-rate")
    assert line["text"]["text"].startswith(said)
    assert (line["text"]["lang"], line["text"]["state"]) == (lang, "machine")


async def test_the_youth_reads_in_its_own_words(rights):
    child = uuid4()
    await assessed(rights, profile(child, birth_date="2009-01-08"))
    right = await right_of(rights, child, citizen(child))
    assert right["summary"] == {
        "text": rulebook().right_texts["hjelpestonad"].youth.nb.text,
        "lang": "nb",
        "state": "machine",
    }
    assert next(each for each in right["explained"]["plain"] if each["node"] == "member")["text"]["text"].startswith(
        "Svaret er ja på: Er du medlem"
    )


async def test_why_says_nothing_of_what_is_not_open_to_the_reader(rights):
    grandmother, child = uuid4(), uuid4()
    await assessed(rights, profile(child, birth_date="2009-01-08"))
    reader = citizen(grandmother, grounds={child: Subject("guardian", frozenset({"family"}))})
    right = await right_of(rights, child, reader)
    closed = {
        each["fact"]: each
        for each in nodes(right["because"])
        if "fact" in each and rulebook().vocabulary[each["fact"]].group != "family"
    }
    assert closed
    assert all("value" not in each and "cause" not in each for each in closed.values())
    said = [each["text"]["text"] for each in right["explained"]["plain"] if each["node"] == "private-care-provided"]
    assert said == ["Noe som avgjør dette, er ikke delt med deg."]


def test_every_outcome_of_every_right_can_be_told_in_three_languages():
    book, rng = rulebook(), random.Random(4)
    speeches = [speech_in(lang, to_youth=youth) for lang in Lang for youth in (False, True)]
    for _ in range(6):
        situation = situation_of(random_profile(rng), DAY)
        for rule in book.rules.values():
            because = judge(rule, situation, book.vocabulary).because
            ids = {each["id"] for each in nodes(tree(because, everything, book.vocabulary))}
            for speech in speeches:
                assert {line.node for line in legal(because, everything, speech)} == ids
                assert {line.node for line in plain(because, everything, speech)} <= ids


def test_that_a_register_knows_of_nothing_sad_is_not_spelled_out():
    book = rulebook()
    situation = book.situation({"birth_date": date(2020, 1, 1)}, DAY)
    because = judge(book.rules["gravferdsstonad-barn"], situation, book.vocabulary).because
    said = [line.text.text for line in plain(because, everything, speech_in(Lang.NB))]
    assert not [each for each in said if "død" in each.lower()]
