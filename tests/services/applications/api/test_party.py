"""Whom an application was sent to, for a worker with a token for its child and nobody else."""

from uuid import uuid4

from tests.services.applications.office import Office
from tests.services.applications.world import NAV
from tests.support.callers import citizen, machine, worker


def asking(child, action="party.read"):
    caller = worker("gateway", child, purpose="tell-partner")
    return type(caller)(
        caller.kind, caller.id, None, frozenset(), caller.purpose, action, caller.subjects, caller.service
    )


async def party(world, case, caller):
    return await world.service.get(f"/internal/applications/{case['id']}/party", caller)


async def test_the_party_is_told_to_a_token_for_the_child_and_the_read_is_logged(world):
    case = await world.submitted()
    answer = await party(world, case, asking(world.child.id))
    assert (answer.status_code, answer.json()) == (200, {"org": NAV})
    rows = await world.service.rows("select reader_kind, purpose, what from access_log where what = 'party'")
    assert rows == [{"reader_kind": "worker", "purpose": "tell-partner", "what": "party"}]


async def test_another_childs_token_another_action_or_a_draft_finds_nothing(world):
    case, draft = await world.submitted(), (await world.start("grunnstonad")).json()
    assert (await party(world, case, asking(uuid4()))).status_code == 404
    assert (await party(world, case, asking(world.child.id, "profile.read"))).status_code == 404
    assert (await party(world, draft, asking(world.child.id))).status_code == 404
    assert (await party(world, {"id": uuid4()}, asking(world.child.id))).status_code == 404


async def test_people_and_organisations_do_not_ask(world):
    case = await world.submitted()
    assert (await party(world, case, citizen(children=[world.child.id]))).status_code == 403
    assert (await party(world, case, machine(NAV))).status_code == 403
    assert (await party(world, case, None)).status_code == 401


async def test_a_worker_without_a_child_reaches_no_application(world):
    case = await Office(world).decided()
    assert (await party(world, case, worker("gateway"))).status_code == 404
