"""What decisions rest on: the register's answer, how old it may be, and what happens while it is away."""

from datetime import timedelta

from tests.services.mapping.world import HAMAR


async def test_the_register_is_asked_again_after_an_hour(world, clock):
    family = world.family()
    await world.enter(family.mother)
    asked = len(world.register.asked)
    clock.forward(timedelta(minutes=59))
    await world.enter(family.mother)
    assert len(world.register.asked) == asked
    clock.forward(timedelta(minutes=2))
    await world.enter(family.mother)
    assert len(world.register.asked) > asked


async def test_while_the_register_is_away_a_days_old_answer_will_do_and_no_older(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.grant(family.mother, child)
    alias = await world.alias(HAMAR, child)
    world.register.away = True
    clock.forward(timedelta(hours=23))
    assert (await world.asks(family.mother, "profile.read", child)).status_code == 200
    assert (await world.machine_asks(HAMAR, "profile.read", alias)).status_code == 200
    clock.forward(timedelta(hours=2))
    for answer in (
        await world.asks(family.mother, "profile.read", child),
        await world.machine_asks(HAMAR, "profile.read", alias),
    ):
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
    world.register.away = False
    assert (await world.asks(family.mother, "profile.read", child)).status_code == 200


async def test_an_organisation_that_is_refused_never_causes_a_question_to_the_register(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    alias = await world.alias(HAMAR, child)
    await world.call(family.mother, "POST", f"/mapping/v1/grants/{grant}/withdrawal")
    world.register.away = True
    clock.forward(timedelta(days=3))
    asked = len(world.register.asked)
    assert (await world.machine_asks(HAMAR, "profile.read", alias)).status_code == 404
    assert len(world.register.asked) == asked


async def test_someone_never_seen_cannot_be_decided_on_while_the_register_is_away(world):
    family = world.family()
    world.register.away = True
    assert (await world.asks(family.mother, "profile.read")).status_code == 503


async def test_a_relation_that_has_ended_in_the_register_ends_here_within_the_hour(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    world.register.relations[0]["acts"] = False
    clock.forward(timedelta(hours=2))
    assert (await world.asks(family.mother, "profile.read", child)).status_code == 404
    assert (await world.asks(family.father, "profile.read", child)).status_code == 200
