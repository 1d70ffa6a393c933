"""The second wall: what each kind of caller reaches in the database itself, whatever the code above it does."""

import contextlib
from collections.abc import Mapping
from typing import Any

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from tests.services.mapping.world import BODO, HAMAR, NAV, known

TABLES = ("person", "household", "guardianship", "profile", "fact", "access_grant", "pseudonym", "access_view")
NOTHING = dict.fromkeys(TABLES, 0)


class Scene:
    """Two families of two homes each, the first with a grant to Hamar, and what each caller may see of them."""

    def __init__(self, world) -> None:
        self.world = world
        self.ids: dict[str, str] = {}

    async def play(self) -> "Scene":
        for name in ("ours", "theirs"):
            family = self.world.family()
            family.father.home = f"{name} elsewhere"
            child = await self.world.child_of(family.mother)
            mother, father = await self.world.id_of(family.mother), await self.world.id_of(family.father)
            await self.world.tell(
                family.mother,
                child,
                known("rare_diagnosis", True),
                known("parent_employed", True),
                known("housing_unsuitable", True),
            )
            await self.world.tell(family.father, child, known("parent_employed", True))
            await self.world.grant(family.mother, child, organisation=HAMAR if name == "ours" else NAV)
            self.ids |= {f"{name}_child": str(child), f"{name}_mother": str(mother), f"{name}_father": str(father)}
        await self.world.rows("delete from access_view")
        await self.world.rows(
            "insert into access_view (row_id, child_id, day, service, reader_kind, reader, purpose, what, denied, at)"
            " select gen_random_uuid(), child_id, now(), 'rights', 'citizen', '', '', 'rights', false, now() from profile"
        )
        return self

    def callers(self) -> dict[str, tuple[dict[str, str], dict[str, int]]]:
        """Session settings of each caller, and how many rows of each table it reaches."""
        ours, mother, father = self.ids["ours_child"], self.ids["ours_mother"], self.ids["ours_father"]
        citizen = {"kind": "citizen", "principal": mother}
        return {
            "nobody": ({}, NOTHING),
            "the public": ({"kind": "public"}, NOTHING),
            "the mother": (
                citizen | {"subjects": f"{mother},{ours}"},
                {
                    "person": 2,
                    "household": 1,
                    "guardianship": 2,
                    "profile": 1,
                    "fact": 3,
                    "access_grant": 1,
                    "pseudonym": 2,
                    "access_view": 1,
                },
            ),
            "the mother, of herself only": (
                citizen | {"subjects": mother},
                {**NOTHING, "person": 1, "household": 1, "guardianship": 1, "fact": 2, "pseudonym": 1},
            ),
            "the father": (
                {"kind": "citizen", "principal": father, "subjects": f"{father},{ours}"},
                {
                    "person": 2,
                    "household": 1,
                    "guardianship": 2,
                    "profile": 1,
                    "fact": 2,
                    "access_grant": 1,
                    "pseudonym": 1,
                    "access_view": 1,
                },
            ),
            "the organisation with the grant": (
                {"kind": "machine", "principal": HAMAR, "org": HAMAR, "subjects": ours},
                {
                    "person": 2,
                    "household": 1,
                    "guardianship": 2,
                    "profile": 1,
                    "fact": 3,
                    "access_grant": 1,
                    "pseudonym": 2,
                    "access_view": 0,
                },
            ),
            "the organisation without a child": (
                {"kind": "machine", "principal": HAMAR, "org": HAMAR},
                {**NOTHING, "access_grant": 1, "pseudonym": 2},
            ),
            "an organisation without a grant": ({"kind": "machine", "principal": BODO, "org": BODO}, NOTHING),
            "another service's worker": (
                {"kind": "worker", "principal": "rights", "service": "rights", "subjects": ours},
                {
                    "person": 3,
                    "household": 2,
                    "guardianship": 2,
                    "profile": 1,
                    "fact": 4,
                    "access_grant": 1,
                    "pseudonym": 0,
                    "access_view": 0,
                },
            ),
            "another service's worker without a child": (
                {"kind": "worker", "principal": "rights", "service": "rights"},
                NOTHING,
            ),
            "mapping's own worker": (
                {"kind": "worker", "principal": "mapping", "service": "mapping"},
                {
                    "person": 6,
                    "household": 4,
                    "guardianship": 4,
                    "profile": 2,
                    "fact": 0,
                    "access_grant": 2,
                    "pseudonym": 4,
                    "access_view": 2,
                },
            ),
        }


COUNTS = " union all ".join(f"select '{table}' as name, count(*) from mapping.{table}" for table in TABLES)


@pytest.fixture
async def scene(world):
    return await Scene(world).play()


async def test_each_caller_reaches_its_own_rows_and_no_others(scene):
    clone = scene.world.mapping.database
    for name, (settings, expected) in scene.callers().items():
        rows = await clone.rows_as_service(COUNTS, settings)
        assert {row["name"]: row["count"] for row in rows} == expected, name


INSERTS = (
    "insert into fact (id, fact, kind, subject_id, speaker_kind, speaker_id, state, valid_from, said_at, shared)"
    " values (gen_random_uuid(), 'rare_diagnosis', 'child', '{theirs_child}', 'guardian', '{ours_mother}', 'withdrawn', now(), now(), true)",
    "update profile set version = version + 1 where child_id = '{theirs_child}' returning version",
    "insert into access_grant (id, child_id, giver_id, organisation, purpose, groups, actions, valid_from, valid_to, given_at, version)"
    " values (gen_random_uuid(), '{theirs_child}', '{ours_mother}', '312482754', 'follow-up', '{{health}}', '{{profile.read}}', now(), now() + interval '9 days', now(), 1)",
    "insert into pseudonym (organisation, person_id) values ('312482754', '{theirs_child}')",
    "update guardianship set acts = true where child_id = '{theirs_child}' returning acts",
)


@pytest.mark.parametrize("statement", INSERTS)
async def test_nothing_of_another_family_can_be_written(scene, statement):
    settings, _ = scene.callers()["the mother"]
    clone = scene.world.mapping.database
    with contextlib.suppress(DBAPIError):  # refused by the policy's WITH CHECK
        changed = await clone.rows_as_service(statement.format(**scene.ids), settings)
        assert changed == []


@pytest.mark.parametrize(
    "statement",
    [
        "update fact set state = 'withdrawn'",
        "delete from fact",
        "delete from access_log",
        "update access_log set denied = false",
        "delete from access_grant",
        "select lookup from person",
        "update person set lookup = ''",
        "alter table fact disable row level security",
        "select * from refusal",
    ],
)
async def test_the_services_role_has_no_right_to_it_at_all(world, statement):
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        await world.mapping.database.rows_as_service(statement, {"kind": "worker", "service": "mapping"})


async def test_a_person_is_found_by_digest_and_in_no_other_way(scene):
    clone = scene.world.mapping.database
    (row,) = await scene.world.rows("select lookup from person where id = :id", id=scene.ids["ours_child"])
    found = await clone.rows_as_service(
        "select person_id from find_persons(array[cast(:digest as bytea)])", {}, digest=row["lookup"]
    )
    assert [str(each["person_id"]) for each in found] == [scene.ids["ours_child"]]
    assert (
        await clone.rows_as_service("select * from find_persons(array[cast(:digest as bytea)])", {}, digest=b"guess")
        == []
    )


async def test_every_table_of_persons_is_walled_and_its_owner_too(world):
    rows = await world.rows(
        "select relname, relrowsecurity, relforcerowsecurity from pg_class where relnamespace = 'mapping'::regnamespace and relkind = 'r'"
    )
    open_tables = {row["relname"] for row in rows if not (row["relrowsecurity"] and row["relforcerowsecurity"])}
    assert open_tables == {"outbox", "inbox", "inbox_sequence", "parked_event", "epoch", "alembic_version"}
    (role,) = await world.rows("select rolsuper, rolbypassrls from pg_roles where rolname = 'mapping'")
    assert not role["rolsuper"]
    assert not role["rolbypassrls"]


async def _counts(connection: asyncpg.Connection, settings: Mapping[str, str]) -> dict[str, int]:
    """The rows that a caller reaches, as the service's role, inside the open transaction."""
    await connection.execute("set local role mapping")
    for name in ("kind", "subjects", "org", "service", "principal"):
        await connection.execute("select set_config($1, $2, true)", f"somlos.{name}", settings.get(name, ""))
    rows = await connection.fetch(COUNTS)
    await connection.execute("reset role")
    return {row["name"]: row["count"] for row in rows}


async def _broken(scene: Scene, breach: str) -> list[str]:
    """For which callers the wall no longer is as it should be, after a breach that is rolled back."""
    url: Any = scene.world.mapping.database.admin_url
    connection = await asyncpg.connect(url)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(breach)
        return [
            name
            for name, (settings, expected) in scene.callers().items()
            if await _counts(connection, settings) != expected
        ]
    finally:
        await transaction.rollback()
        await connection.close()


async def test_the_wall_test_sees_every_policy_that_falls_and_every_wall_that_is_opened(scene):
    assert await _broken(scene, "select 1") == []
    policies = await scene.world.rows(
        "select tablename, policyname from pg_policies where schemaname = 'mapping' and tablename = any(:tables) and cmd in ('ALL', 'SELECT') and roles = '{mapping}'",
        tables=list(TABLES),
    )
    assert {policy["tablename"] for policy in policies} == set(TABLES)
    for policy in policies:
        breach = f"drop policy {policy['policyname']} on mapping.{policy['tablename']}"
        assert await _broken(scene, breach), breach
    for table in TABLES:
        breach = f"alter table mapping.{table} disable row level security"
        assert await _broken(scene, breach), breach
