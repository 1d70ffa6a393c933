"""The history of a profile: only added to, and each told what is theirs to know."""

from datetime import date

from tests.services.mapping.world import known

CHILDS = "rare_diagnosis"


async def test_taking_back_and_not_knowing_leave_the_history_as_it_was(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known(CHILDS, True))
    await world.tell(family.mother, child, {"fact": CHILDS, "state": "not_known"})
    assert (await world.profile(family.mother, child))[CHILDS]["state"] == "not_known"
    await world.tell(family.mother, child, {"fact": CHILDS, "state": "withdrawn"})
    assert CHILDS not in await world.profile(family.mother, child)
    history = await world.call(family.mother, "GET", f"/mapping/v1/children/{child}/profile/history", child=child)
    assert [said["state"] for said in history.json()["items"]] == ["withdrawn", "not_known", "known"]
    assert history.json()["items"][2]["value"] is True


async def test_the_history_pages_and_tells_who_said_what_only_to_who_said_it(world):
    family = world.family()
    child = await world.child_of(family.mother)
    for day, value in ((date(2026, 1, 1), True), (date(2026, 2, 1), False), (date(2026, 3, 1), True)):
        await world.tell(family.mother, child, known(CHILDS, value, valid_from=day.isoformat()))
    path = f"/mapping/v1/children/{child}/profile/history?limit=2&fact={CHILDS}"
    first = (await world.call(family.mother, "GET", path, child=child)).json()
    assert [(s["value"], s["valid_from"], s["valid_to"]) for s in first["items"]] == [
        (True, "2026-03-01", None),
        (False, "2026-02-01", "2026-03-01"),
    ]
    second = (await world.call(family.mother, "GET", f"{path}&cursor={first['next']}", child=child)).json()
    assert [(s["value"], s["valid_to"]) for s in second["items"]] == [(True, "2026-02-01")]
    assert second["next"] is None
    fathers = (await world.call(family.father, "GET", path, child=child)).json()
    assert {(s["value"], s["said_by"], s["hidden"]) for s in fathers["items"]} == {(None, "guardian", True)}
