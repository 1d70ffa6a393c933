"""The story of `make demo`, told to the cluster of the test run, and what a stranger sees of it."""

from collections.abc import Iterator

import pytest

from deploy.local.demo import first_half, second_half
from deploy.local.demo.first_half import Family
from deploy.local.demo.narrator import Narrator
from deploy.local.demo.world import World
from tests.support.cluster import Cluster
from tests.support.run import only_one


@pytest.fixture(scope="module")
def world(cluster: Cluster) -> Iterator[World]:
    """The demo's three addresses, in the test run's cluster. There is one family, so one worker tells at a time."""
    with only_one("story"):
        yield _world(cluster)


def _world(cluster: Cluster) -> World:
    return World(
        gateway=cluster.gateway,
        issuer=cluster.issuer,
        bootstrap=cluster.kafka,
        clients=cluster.state / "clients",
        traces=cluster.state / "traces",
        kafka_passwords=cluster.state / "secrets" / "kafka",
        narrator=Narrator(),
    )


@pytest.fixture(scope="module")
async def family(world: World) -> Family:
    """A family that has lived the first half of the story."""
    return await first_half.tell(world)


@pytest.mark.timeout(180)
async def test_a_family_goes_from_login_to_a_reversed_refusal(world: World, family: Family) -> None:
    await second_half.tell(world, family)


async def test_a_stranger_finds_nothing_of_the_story(world: World, family: Family) -> None:
    stranger = await world.citizen("mild", "kaffekopp")
    application, child = family.applications["avlastning"], family.child
    paths = (
        f"/mapping/v1/children/{child}",
        f"/mapping/v1/children/{child}/profile",
        f"/mapping/v1/children/{child}/access-log",
        f"/rights/v1/children/{child}",
        f"/status/v1/children/{child}/overview",
        f"/status/v1/cases/{application}",
        f"/applications/v1/applications/{application}",
    )
    seen = {path: (await stranger.look(path)).status_code for path in paths}
    assert set(seen.values()) == {404}, seen
    theirs = {path: (await family.mother.look(path)).status_code for path in paths}
    assert set(theirs.values()) == {200}, theirs


async def test_another_municipality_finds_no_case_and_no_child(world: World, family: Family) -> None:
    scopes = ("somlos:cases.read", "somlos:profile.read", "somlos:applications.read")
    municipality = await world.organisation("bodo", *scopes)
    application = family.applications["avlastning"]
    for path in (f"/applications/v1/inbox/{application}", f"/applications/v1/applications/{application}"):
        assert (await municipality.look(path)).status_code == 404
    listed = (await municipality.look("/applications/v1/inbox?limit=100")).json()
    assert listed["items"] == []
    assert (await municipality.look(f"/mapping/v1/children/{family.child}/profile")).status_code == 404


async def test_the_father_sees_the_cases_and_never_what_the_mother_said_of_herself(
    world: World, family: Family
) -> None:
    father = await world.citizen("stodig")
    profile = (await father.look(f"/mapping/v1/children/{family.child}/profile")).json()
    assert "parent_employed" not in {fact["fact"] for fact in profile["facts"] if fact["source"] == "told"}
    cases = (await father.look(f"/status/v1/children/{family.child}/overview")).json()["items"]
    assert set(family.applications.values()) <= {case["id"] for case in cases}
