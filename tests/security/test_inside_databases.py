"""In the databases themselves, as the services' own roles: nobody's rows without a caller, one's own with one."""

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest

from deploy.local.layout import WITH_DATABASE
from tests.security.databases import DEFINERS, OPEN, connected, unwalled
from tests.support.asking.table import FAMILY, HAMAR, MOTHER, Family, asking_for, the_child
from tests.support.good_requests import GOOD
from tests.support.town import Town, person

THEIRS = Family(person("kaffekopp", "mild"), person("kaffekopp", "spent"), HAMAR)
OURS = Family(MOTHER, person("solstraale", "blid"), HAMAR)
STORY = (
    ("GET /mapping/v1/grants/{grant_id}", "machine"),
    ("GET /rights/v1/children/{child_id}", "citizen"),
    ("GET /applications/v1/applications/{application_id}/attachments/{attachment_id}", "machine"),
    ("POST /applications/v1/applications/{application_id}/documentation-requests/{request_id}/answer", "citizen"),
    ("POST /status/v1/complaint-inbox/{complaint_id}/decision", "machine"),
)
IN_TOWN = ("mapping", "rights", "applications", "status")
# Who else's worker sees a table, with the reason; a worker of the service itself is another matter.
FOREIGN_WORKERS = {
    "access_log": "mapping's view of the log is fetched row by row, for the row's child",
}


@pytest.mark.parametrize("service", WITH_DATABASE)
async def test_whatever_is_open_in_a_database_is_named_with_its_reason(database, service):
    assert await unwalled(await database(service)) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("create table rights.diary (id uuid primary key, words text)", "diary: no wall"),
        (
            "create policy all_in on rights.assessment to rights using (true)",
            "assessment: a policy that lets everyone in",
        ),
        ("alter table rights.assessment no force row level security", "assessment: no wall"),
        ("grant select on rights.inbox to public", "inbox: granted to everyone"),
        ("create view rights.everyone as select * from rights.assessment", "everyone: a view with its owner's eyes"),
        ("create materialized view rights.copy as select * from rights.assessment", "copy: no wall"),
        (
            "create function rights.all_of_them() returns bigint language sql security definer as 'select count(*) from rights.assessment'",
            "rights.all_of_them: a function with its owner's rights",
        ),
    ],
)
async def test_a_hole_in_the_wall_is_found(database, planted, found):
    clone = await database("rights")
    await clone.rows(planted)
    assert found in await unwalled(clone)


def test_nothing_is_named_twice():
    assert not set(OPEN) & {name.rpartition(".")[2] for name in DEFINERS}


@pytest.fixture(scope="module")
async def families(town: Town) -> Mapping[str, dict[str, str]]:
    """Two families who have told, shared, applied and complained: what the database is told of each mother's request."""
    found = {}
    for name, family in (("ours", OURS), ("theirs", THEIRS)):
        with asking_for(family):
            for route, kind in STORY:
                answer = await (await GOOD[route, kind](town)).send(town)
                assert answer.is_success, answer.text
            await town.spread()
            found[name] = await settings_of(town)
    return found


async def settings_of(town: Town) -> dict[str, str]:
    """The family's own request as row-level security sees it."""
    caller = await town.person(FAMILY.get().asker, child=await the_child(town))
    return {"kind": "citizen", "principal": caller.id, "subjects": ",".join(map(str, caller.subjects))}


async def seen(town: Town, service: str, settings: Mapping[str, str]) -> dict[str, list[str]]:
    """The walled tables as that caller sees them."""
    async with connected(town[service].database) as role:
        return {table: rows for table, rows in (await role.seen(settings)).items() if table not in OPEN}


def strangers() -> dict[str, dict[str, str]]:
    """Settings that let nobody in."""
    return {
        "no caller": {},
        "settings left empty": {"kind": "", "subjects": "", "org": "", "service": "", "principal": ""},
        "the public": {"kind": "public", "principal": "public"},
        "a stranger": {"kind": "citizen", "principal": str(uuid4()), "subjects": str(uuid4())},
        "a person of no family": {"kind": "citizen", "principal": str(UUID(int=1)), "subjects": ""},
        "another municipality": {"kind": "machine", "principal": "312490978", "org": "312490978"},
        "an unknown kind": {"kind": "admin", "principal": "admin", "service": "admin"},
    }


@pytest.mark.parametrize("service", IN_TOWN)
@pytest.mark.parametrize("who", strangers())
async def test_nobody_sees_no_row(town, families, service, who):
    assert {table: rows for table, rows in (await seen(town, service, strangers()[who])).items() if rows} == {}


@pytest.mark.parametrize("service", IN_TOWN)
async def test_another_services_worker_sees_no_row_but_what_it_fetches(town, families, service):
    settings = {"kind": "worker", "service": "catalog", "principal": "catalog"}
    reached = {table for table, rows in (await seen(town, service, settings)).items() if rows}
    assert reached <= set(FOREIGN_WORKERS)


@pytest.mark.parametrize("service", IN_TOWN)
async def test_a_family_sees_its_own_rows_and_none_of_the_others(town, families, service):
    own = {name: await seen(town, service, settings) for name, settings in families.items()}
    for name, other in (("ours", "theirs"), ("theirs", "ours")):
        ids = set(families[other]["subjects"].split(","))
        assert any(own[name].values())
        for table, rows in own[name].items():
            assert not [row for row in rows if any(each in row for each in ids)], table


@pytest.mark.parametrize("service", IN_TOWN)
async def test_every_table_that_families_fill_has_rows_to_hide(town, families, service):
    async with connected(town[service].database, admin=True) as role:
        rows = await role.seen({})
    empty = {table for table, found in rows.items() if table not in OPEN and not found}
    none_of_a_family = {"rights": {"idempotency_key", "local_rule"}}  # tests/services/rights/api/test_local_rules.py
    assert empty <= {"refusal"} | none_of_a_family.get(service, set())
