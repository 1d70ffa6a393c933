"""A person is erased in mapping: nothing of it is left, everyone else goes on, and the others are told."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.mapping import erase
from services.mapping.store import erasures
from shared.domain import NationalId
from tests.services.mapping.world import HAMAR, known
from tests.support.builders import national_id
from tests.support.clock import START

PERSONAL = ("person", "guardianship", "household", "profile", "fact", "pseudonym", "access_view")
TOLD = "no.somlos.person.erased.v1"


async def erased(world, *persons):
    settings = world.mapping.app.state.settings
    return await erase.erase(settings, persons, settings.data_keys_dir / "erasures.jsonl", clock=world.mapping.clock)


async def mentions(world, person):
    """The tables in which some row names the person."""
    found = []
    for table in PERSONAL:
        if await world.rows(f"select 1 from {table} t where t::text like '%' || :person || '%'", person=str(person)):
            found.append(table)
    return found


@pytest.fixture
async def family(world):
    """Both guardians have told of the child and of themselves; Hamar was let in by the mother, and has read."""
    found = world.family()
    child = await world.child_of(found.mother)
    await world.tell(found.mother, child, known("rare_diagnosis", True), known("parent_employed", True))
    own = (known("parent_employed", False), known("housing_unsuitable", True))
    await world.tell(found.father, child, known("rare_diagnosis", True), *own)
    await world.grant(found.mother, child)
    alias = await world.alias(HAMAR, child)
    caller = await world.machine(HAMAR, "profile.read", alias)
    assert (await world.mapping.get(f"/mapping/v1/children/{child}/profile", caller)).status_code == 200
    return found


async def test_of_an_erased_child_no_row_is_left_and_its_key_is_gone(world, family):
    child = await world.child_of(family.mother)
    sealed = await world.rows("select * from fact where subject_id = :child", child=child)
    [done] = await erased(world, child)
    assert await mentions(world, child) == []
    assert (done.known, done.organisations) == (True, (HAMAR,))
    keys = world.mapping.app.state.sealer.keys
    assert sealed
    assert keys.is_erased(child)
    assert not list(world.mapping.app.state.settings.data_keys_dir.rglob(f"{child}.key"))


async def test_the_services_are_told_by_id_alone(world, family):
    child = await world.child_of(family.mother)
    await erased(world, child)
    [event] = await world.mapping.outbox(TOLD)
    assert (event["key"], event["version"], event["topic"]) == (child, 1, "somlos.mapping.person.v1")
    assert set(event["data"]) == {"erasure_id", "person_id", "erased_at"}


async def test_an_erased_child_is_nowhere_in_its_guardians_answers(world, family):
    child = await world.child_of(family.mother)
    await erased(world, child)
    for path in ("profile", "access-log", "grants", "profile/history"):
        answer = await world.call(family.mother, "GET", f"/mapping/v1/children/{child}/{path}", child=child)
        assert answer.status_code == 404, path
    listed = await world.call(family.mother, "GET", "/mapping/v1/children")
    assert listed.json()["items"] == []


async def test_the_sibling_and_both_guardians_go_on(world, family):
    child = await world.child_of(family.mother)
    sibling = world.register.add(date(2020, 5, 1), family.mother.home)
    world.register.tie(sibling, family.mother)
    world.mapping.clock.forward(timedelta(hours=2))
    await world.enter(family.mother)
    await erased(world, child)
    [other] = [each for each in (await world.enter(family.mother)).subjects if each != await world.id_of(family.mother)]
    profile = await world.profile(family.mother, other)
    assert profile["parent_employed"]["value"] is True
    assert (await world.tell(family.mother, other, known("rare_diagnosis", False))).status_code == 200


async def test_the_child_and_the_other_guardian_go_on_without_an_erased_one(world, family):
    child, father = await world.child_of(family.mother), await world.id_of(family.father)
    before = (await world.rows("select version from profile"))[0]["version"]
    await erased(world, father)
    assert await mentions(world, father) == [
        "fact",
        "access_view",
    ]  # that it spoke of the child, and read of it: an id nobody can follow
    profile = await world.profile(family.mother, child)
    assert profile["rare_diagnosis"]["value"] is True
    assert await world.rows("select 1 from fact where guardian_id = :father", father=father) == []
    assert (await world.rows("select version from profile"))[0]["version"] == before + 1
    assert [each["version"] for each in await world.mapping.outbox("no.somlos.profile.updated.v1")][-1] == before + 1


async def test_the_consents_of_someone_erased_end_and_stay_on_record(world, family):
    await erased(world, await world.id_of(family.mother))
    [grant] = await world.rows("select * from access_grant")
    assert (grant["withdrawn_at"], grant["withdrawn_by"], grant["version"]) == (START, None, 2)
    assert len(await world.mapping.outbox("no.somlos.grant.withdrawn.v1")) == 1


async def test_erased_twice_nothing_more_happens_and_the_others_are_told_again(world, family):
    child = await world.child_of(family.mother)
    await erased(world, child)
    before = {table: await world.rows(f"select * from {table}") for table in PERSONAL}
    [again] = await erased(world, child)
    assert again.known is False
    assert {table: await world.rows(f"select * from {table}") for table in PERSONAL} == before
    assert len(await world.mapping.outbox(TOLD)) == 2
    assert erasures.noted(world.mapping.app.state.settings.data_keys_dir / "erasures.jsonl") == [child]


async def test_an_erasure_that_broke_off_after_the_key_was_gone_is_ended_by_the_same_command(world, family):
    child = await world.child_of(family.mother)
    world.mapping.app.state.sealer.keys.destroy(child)
    [done] = await erased(world, child)
    assert done.known
    assert await mentions(world, child) == []
    assert len(await world.mapping.outbox(TOLD)) == 1


async def test_whoever_comes_back_begins_anew(world, family):
    child, mother = await world.child_of(family.mother), await world.id_of(family.mother)
    await erased(world, child, mother)
    new = await world.child_of(family.mother)
    assert new != child
    assert await world.id_of(family.mother) != mother
    assert "rare_diagnosis" not in await world.profile(family.mother, new)


async def test_outside_an_erasure_the_services_role_can_delete_no_one(world, family):
    child, mother = await world.child_of(family.mother), await world.id_of(family.mother)
    clone = world.mapping.database
    for caller in ({}, {"kind": "citizen", "subjects": f"{child},{mother}"}, {"kind": "worker", "service": "rights"}):
        await clone.rows_as_service("select erase_person(:child)", caller, child=child)
    assert "person" in await mentions(world, child)
    assert "fact" in await mentions(world, child)


async def test_each_policy_of_the_erasure_is_needed(world, family):
    child = await world.child_of(family.mother)
    policies = await world.rows("select tablename, policyname from pg_policies where policyname like '%_erasure'")
    assert {each["tablename"] for each in policies} == set(PERSONAL)
    for each in policies:
        breach = f"drop policy {each['policyname']} on mapping.{each['tablename']}"
        assert not await forgets(world, child, breach), breach
    assert await forgets(world, child, "select 1")


async def forgets(world, child, breach):
    """Whether, after the breach, the function called by mapping's own worker leaves no row that hangs on the child. Rolled back."""
    connection = await asyncpg.connect(world.mapping.database.admin_url)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(breach)
        await connection.execute("set local search_path = mapping, public")
        await connection.execute(
            "select set_config('somlos.kind', 'worker', true), set_config('somlos.service', 'mapping', true)"
        )
        await connection.execute("set local role mapping")
        await connection.execute("select erase_person($1)", child)
        await connection.execute("reset role")
        rows = " union all ".join(f"select '{table}' from {table} t where t::text like $1" for table in PERSONAL)
        homes = await connection.fetchval("select count(*) from household")
        return await connection.fetch(rows, f"%{child}%") == [] and homes == 0
    except asyncpg.ForeignKeyViolationError:
        return False
    finally:
        await transaction.rollback()
        await connection.close()


def test_a_line_of_the_list_that_is_none_is_named(tmp_path):
    file, someone = tmp_path / "erasures.jsonl", uuid4()
    erasures.note(file, someone, at=START)
    assert erasures.noted(file) == [someone]
    assert erasures.noted(tmp_path / "none") == []
    file.write_text(file.read_text() + "{}\n")
    with pytest.raises(ValueError, match="line 2"):
        erasures.noted(file)


async def test_the_operator_may_name_a_person_by_number(world, family):
    settings, child = world.mapping.app.state.settings, await world.child_of(family.mother)
    assert await erase.find(settings, NationalId(family.child.number)) == child
    assert await erase.find(settings, NationalId(national_id(date(2011, 1, 1)))) is None
    assert await erase.known(settings, [child, UUID(int=1)]) == [child]
