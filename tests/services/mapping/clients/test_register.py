"""What the population register answers, and what it must not."""

from datetime import date

import pytest
from fastapi import FastAPI, Response

from services.mapping.clients.register import PopulationRegister
from shared.domain import NationalId, NotFound, Unavailable
from tests.services.mapping.world import Register
from tests.support.builders import national_id


@pytest.fixture
async def ask(serve):
    clients = []

    async def family(app, person):
        clients.append(PopulationRegister(await serve(app)))
        return await clients[-1].family(NationalId(person.number))

    yield family
    for client in clients:
        await client.close()


def parents(register):
    mother, father = register.add(date(1988, 3, 14)), register.add(date(1986, 9, 2), "elsewhere")
    child = register.add(date(2017, 4, 21))
    register.tie(child, mother)
    register.tie(child, father, "father")
    return mother, father, child


async def test_a_mothers_family_is_her_children_and_their_other_guardians(ask):
    register = Register()
    mother, father, child = parents(register)
    family = await ask(register.app(), mother)
    assert set(family.persons) == {mother.number, father.number, child.number}
    assert [person.national_id.value for person in family.children] == [mother.number, child.number]
    assert {(r.adult.value, r.lives_with) for r in family.relations} == {(mother.number, True), (father.number, False)}


async def test_a_childs_family_is_its_guardians(ask):
    register = Register()
    mother, father, child = parents(register)
    family = await ask(register.app(), child)
    assert set(family.persons) == {mother.number, father.number, child.number}
    assert len(register.asked) == 3


async def test_each_person_is_asked_about_once(ask):
    register = Register()
    mother, father, child = parents(register)
    sibling = register.add(date(2020, 8, 30))
    register.tie(sibling, mother)
    register.tie(sibling, father, "father")
    await ask(register.app(), mother)
    assert sorted(register.asked) == sorted([mother.number, father.number, child.number, sibling.number])


async def test_one_the_register_does_not_know_is_not_found(ask):
    register = Register()
    mother, _, _ = parents(register)
    known = register.persons.pop(mother.number)
    with pytest.raises(NotFound):
        await ask(register.app(), known)


async def test_a_register_that_is_away_is_unavailable(ask):
    register = Register(away=True)
    mother, _, _ = parents(register)
    with pytest.raises(Unavailable):
        await ask(register.app(), mother)


@pytest.mark.parametrize("answer", [b"", b"not json", b"{}", b'{"national_id": "1"}', b"[]"])
async def test_an_answer_that_cannot_be_read_counts_as_none(ask, answer):
    app = FastAPI()

    @app.post("/v1/persons/lookup")
    async def lookup() -> Response:
        return Response(answer, media_type="application/json")

    register = Register()
    with pytest.raises(Unavailable):
        await ask(app, register.add(date(1988, 3, 14), number=national_id(date(1988, 3, 14))))
