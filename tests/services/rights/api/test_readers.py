"""Who reads what: each guardian as that guardian is, the youth in its own words, nobody what is not theirs."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.rights.store.rulebook import rulebook
from shared.auth.principals import Subject
from tests.services.rights.families import FATHERS_FACTS, MOTHERS_FACTS, profile
from tests.services.rights.reading import assessed, named, read
from tests.support.callers import citizen


@pytest.fixture
async def rights(start):
    return await start("rights")


async def test_one_guardians_own_facts_are_never_shown_to_the_other(rights):
    mother, father = citizen(children=[child := uuid4()]), citizen(children=[child])
    told = [(mother.person, MOTHERS_FACTS), (father.person, FATHERS_FACTS)]
    await assessed(rights, profile(child, guardians=told))
    hers = (await read(rights, child, mother, "omsorgspenger-kronisk-sykt-barn"))["right"]
    his = (await read(rights, child, father, "omsorgspenger-kronisk-sykt-barn"))["right"]
    assert hers["verdict"] == "must_be_assessed"
    assert his["verdict"] == "unlikely"
    assert [each["fact"] for each in his["reasons"] if not each["favours"]] == ["parent_employed"]


async def test_the_wall_itself_keeps_one_guardians_assessment_from_the_other(rights):
    mother, father = citizen(children=[child := uuid4()]), citizen(children=[child])
    await assessed(rights, profile(child, guardians=[(mother.person, MOTHERS_FACTS), (father.person, FATHERS_FACTS)]))
    mothers = {"kind": "citizen", "subjects": f"{child},{mother.person}"}
    rows = await rights.database.rows_as_service("select applicant_id from assessment", mothers)
    assert {row["applicant_id"] for row in rows} == {None, mother.person}
    another_service = {"kind": "worker", "service": "status", "subjects": ""}
    assert await rights.database.rows_as_service("select 1 from assessment", another_service) == []


async def test_the_youth_reads_its_own_rights_in_its_own_words(rights):
    child = uuid4()
    youth = citizen(person=child)
    mother = uuid4()
    await assessed(
        rights,
        profile(
            child,
            birth_date="2010-07-12",
            rare_diagnosis=None,
            condition_permanent=None,
            guardians=[(mother, MOTHERS_FACTS)],
        ),
    )
    body = named(await read(rights, child, youth))
    assert body.keys() == {name for name, rule in rulebook().rules.items() if rule.judged_for == "child"}
    question = next(each for each in body["hjelpestonad"]["missing"] if each["fact"] == "condition_permanent")
    assert (
        question["question"]["text"]
        == "Er sykdommen, skaden eller funksjonsnedsettelsen din varig, selv etter behandling?"
    )
    assert body["hjelpestonad"]["application"] == {"needed": True, "you_may": False, "start": None}


async def test_the_same_youth_may_apply_from_eighteen(rights, clock):
    child = uuid4()
    youth = citizen(person=child)
    await assessed(rights, profile(child, birth_date="2008-11-25"))
    assert (await read(rights, child, youth, "hjelpestonad"))["right"]["application"]["you_may"] is False
    clock.move_to(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))  # 00:00 on the 25th in Oslo
    body = await read(rights, child, youth, "hjelpestonad")
    assert body["on"] == "2026-11-25"
    assert body["right"]["application"]["you_may"] is True
    assert body["right"]["coming"] == []


async def test_a_group_that_is_not_open_to_the_reader_counts_as_unknown_and_is_not_named(rights):
    child = uuid4()
    father = citizen(grounds={child: Subject("guardian", frozenset({"family", "care"}))})
    await assessed(rights, profile(child, birth_date="2009-07-12"))
    right = (await read(rights, child, father, "hjelpestonad"))["right"]
    assert right["verdict"] == "possible_missing_facts"
    assert right["not_shared"] == ["function", "health"]
    assert "health" not in {rulebook().facts[each["fact"]].group for each in (*right["missing"], *right["reasons"])}
    assert right["says"][1] == "Noe som avgjør dette, er ikke delt med deg."
