"""Who may touch whom is asked of mapping, each time, and the answer is what goes inside."""

from uuid import uuid4

import pytest

from tests.gateway.issuer import FATHER, MOTHER, MUNICIPALITY, NAV, STRANGER

CHILDREN = "/mapping/v1/children"
PSEUDONYM = "p-5Q1kq2bV"


@pytest.fixture
def child(world):
    child = uuid4()
    world.families.add_parent(MOTHER, child)
    return child


def without_instance(answer):
    return {key: value for key, value in answer.json.items() if key != "instance"}


def without_changing(headers):
    return {key: value for key, value in headers.items() if key not in ("x-request-id", "date")}


async def test_a_parents_request_carries_the_decision_inside(world, child):
    answer = await world.ask("GET", f"/rights/v1/children/{child}", world.issuers.citizen())
    assert answer.status == 200
    person, _ = world.families.persons[MOTHER]
    assert answer.json["principal"] == {
        "kind": "citizen",
        "id": str(person),
        "org": None,
        "scopes": [],
        "purpose": None,
        "action": "rights.read",
        "subjects": {str(person): "self", str(child): "guardian"},
        "law_version": "1",
    }
    assert world.services["mapping"].questions == [
        {
            "principal": {"kind": "citizen", "national_id": MOTHER},
            "action": "rights.read",
            "purpose": None,
            "child": str(child),
            "service": "rights",
        }
    ]


async def test_the_token_inside_is_for_that_service_and_the_login_stays_outside(world, child):
    token = world.issuers.citizen()
    await world.ask("GET", f"/rights/v1/children/{child}", token)
    assert world.services["rights"].tokens[-1] != token
    assert MOTHER not in str(world.said_to("rights"))


async def test_the_decision_is_asked_every_time(world, child):
    token = world.issuers.citizen()
    for _ in range(3):
        assert (await world.ask("GET", f"{CHILDREN}/{child}/profile", token)).status == 200
    assert len(world.services["mapping"].questions) == 3
    world.families.persons.clear()
    assert (await world.ask("GET", f"{CHILDREN}/{child}/profile", token)).status == 404


@pytest.mark.parametrize("path", ["/mapping/v1/children", "/applications/v1/applications"])
async def test_a_persons_list_is_decided_on_too(world, child, path):
    answer = await world.ask("GET", path, world.issuers.citizen())
    assert answer.status == 200
    assert str(child) in answer.json["principal"]["subjects"]
    assert [asked["child"] for asked in world.services["mapping"].questions] == [None]


async def test_not_yours_and_not_there_are_one_answer(world, child):
    world.families.add_parent(STRANGER)
    token = world.issuers.citizen(STRANGER)
    heard = []
    answers = []
    for path in (f"{CHILDREN}/{child}/profile", f"{CHILDREN}/{uuid4()}/profile"):
        before = {name: (len(service.questions), len(service.seen)) for name, service in world.services.items()}
        answers.append(await world.ask("GET", path, token))
        heard.append(
            {
                name: (len(service.questions) - before[name][0], len(service.seen) - before[name][1])
                for name, service in world.services.items()
            }
        )
    not_yours, not_there = answers
    assert (not_yours.status, not_yours.problem) == (404, "not-found")
    assert without_instance(not_yours) == without_instance(not_there)
    assert without_changing(not_yours.headers) == without_changing(not_there.headers)
    assert heard[0] == heard[1] == {"mapping": (1, 0)} | {name: (0, 0) for name in world.services if name != "mapping"}


async def test_the_same_404_as_an_address_that_does_not_exist(world, child):
    world.families.add_parent(STRANGER)
    not_yours = await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.citizen(STRANGER))
    nothing = await world.ask("GET", "/nothing")
    assert without_instance(not_yours) == without_instance(nothing)


async def test_someone_unknown_to_mapping_gets_404(world):
    assert (await world.ask("GET", CHILDREN, world.issuers.citizen(FATHER))).status == 404


async def test_an_organisations_pseudonym_becomes_the_inner_id_inside_and_only_there(world):
    child = uuid4()
    world.families.grants[MUNICIPALITY, PSEUDONYM] = child
    answer = await world.ask("GET", f"{CHILDREN}/{PSEUDONYM}/profile?limit=3", world.issuers.machine())
    assert answer.status == 200
    assert answer.json["path"] == f"{CHILDREN}/{child}/profile?limit=3"
    assert answer.json["principal"]["subjects"] == {str(child): "grant"}
    assert answer.json["principal"]["purpose"] == "follow-up"
    assert world.services["mapping"].questions == [
        {
            "principal": {"kind": "machine", "org": MUNICIPALITY, "scopes": ["somlos:profile.read"]},
            "action": "profile.read",
            "purpose": "follow-up",
            "child": PSEUDONYM,
            "service": "mapping",
        }
    ]


async def test_addresses_in_an_answer_hold_the_pseudonym(world):
    child = uuid4()
    world.families.grants[MUNICIPALITY, PSEUDONYM] = child

    async def reply(request):
        return web_response(
            {
                "Location": f"{world.services['mapping'].url}{CHILDREN}/{child}/profile",
                "Link": f'<{CHILDREN}/{child}/profile?cursor=x>; rel="next"',
            }
        )

    world.services["mapping"].reply = reply
    answer = await world.ask("GET", f"{CHILDREN}/{PSEUDONYM}/profile", world.issuers.machine())
    assert answer.headers["location"] == f"{CHILDREN}/{PSEUDONYM}/profile"
    assert answer.headers["link"] == f'<{CHILDREN}/{PSEUDONYM}/profile?cursor=x>; rel="next"'


def web_response(headers):
    from aiohttp import web

    return web.json_response({}, headers=headers)


async def test_a_withdrawn_grant_is_404_on_the_next_request(world):
    world.families.grants[MUNICIPALITY, PSEUDONYM] = uuid4()
    token = world.issuers.machine()
    assert (await world.ask("GET", f"{CHILDREN}/{PSEUDONYM}/profile", token)).status == 200
    world.families.grants.clear()
    answer = await world.ask("GET", f"{CHILDREN}/{PSEUDONYM}/profile", token)
    assert (answer.status, answer.problem) == (404, "not-found")


async def test_another_organisations_pseudonym_is_404(world):
    world.families.grants[MUNICIPALITY, PSEUDONYM] = uuid4()
    assert (await world.ask("GET", f"{CHILDREN}/{PSEUDONYM}/profile", world.issuers.machine(NAV))).status == 404


async def test_an_organisation_that_names_an_inner_id_gets_404_whatever_mapping_says(world):
    child = uuid4()
    world.families.grants[MUNICIPALITY, str(child)] = child
    decide = world.families.decide
    world.families.decide = lambda asked: {
        **(decide(asked) or {}),
        "subjects": {str(child): {"ground": "grant", "alias": PSEUDONYM}},
    }
    try:
        answer = await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.machine())
    finally:
        del world.families.decide
    assert answer.status == 404
    assert not world.services["mapping"].seen


async def test_a_decision_about_another_child_is_not_used(world, child):
    decide = world.families.decide
    world.families.decide = lambda asked: {**(decide(asked) or {}), "child": str(world.families.persons[MOTHER][0])}
    try:
        answer = await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.citizen())
    finally:
        del world.families.decide
    assert answer.status == 404


async def test_a_decision_that_leaves_the_child_out_is_not_used(world, child):
    decide = world.families.decide
    world.families.decide = lambda asked: {**(decide(asked) or {}), "subjects": {}}
    try:
        answer = await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.citizen())
    finally:
        del world.families.decide
    assert answer.status == 404
    assert not world.services["mapping"].seen


async def test_a_person_has_no_purpose_where_an_organisation_has_one(world, child):
    answer = await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.citizen())
    assert answer.json["principal"]["purpose"] is None
    assert world.services["mapping"].questions[-1]["purpose"] is None


async def test_a_question_that_meets_a_closed_connection_is_asked_once_more(world, child):
    world.services["mapping"].hangs_up = 1
    assert (await world.ask("GET", f"/rights/v1/children/{child}", world.issuers.citizen())).status == 200
    assert len(world.services["mapping"].questions) == 2
    world.services["mapping"].hangs_up = 2
    assert (await world.ask("GET", f"/rights/v1/children/{child}", world.issuers.citizen())).status == 503
    assert len(world.services["mapping"].questions) == 4


@pytest.mark.parametrize(
    "said", [{}, {"sub": "x"}, {"sub": "x", "subjects": {"no-uuid": {"ground": "self"}}}, {"sub": "x", "subjects": []}]
)
async def test_a_decision_that_cannot_be_read_is_none(world, child, said):
    world.families.decide = lambda asked: said or {"nothing": True}
    try:
        answer = await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.citizen())
    finally:
        del world.families.decide
    assert (answer.status, answer.problem) == (503, "unavailable")


async def test_without_mapping_nothing_is_decided_and_public_routes_go_on(world, child):
    await world.services["mapping"].stop()
    for path in (f"/rights/v1/children/{child}", "/applications/v1/applications", "/overview"):
        answer = await world.ask("GET", path, world.issuers.citizen())
        assert (answer.status, answer.problem, answer.headers["retry-after"]) == (503, "unavailable", "5")
    assert not world.services["rights"].seen
    assert (await world.ask("GET", "/catalog/v1/services")).status == 200
    await world.services["mapping"].start()
    assert (await world.ask("GET", f"/rights/v1/children/{child}", world.issuers.citizen())).status == 200


async def test_mapping_not_knowing_the_gateway_is_our_fault_not_the_callers(world, child):
    world.services["mapping"].refuses_assertions = True
    answer = await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.citizen())
    assert (answer.status, answer.problem) == (503, "unavailable")


async def test_the_assertion_outlives_its_minute(world, child):
    from datetime import timedelta

    for _ in range(4):
        world.clock.forward(timedelta(seconds=20))
        assert (await world.ask("GET", f"{CHILDREN}/{child}/profile", world.issuers.citizen())).status == 200
        assert (await world.ask("GET", "/mapping/v1/facts")).status == 200
