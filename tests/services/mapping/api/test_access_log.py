"""Every read is logged or nothing is shown; the family reads the log in plain words."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.services.mapping.world import BODO, HAMAR, known
from tests.support.callers import worker


async def log(world, person, child, query="", language="nb"):
    path = f"/mapping/v1/children/{child}/access-log{query}"
    answer = await world.call(person, "GET", path, child=child, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def granted(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.grant(family.mother, child)
    return family, child, await world.alias(HAMAR, child)


async def test_an_organisations_reads_are_one_line_a_day_in_plain_words(world, clock):
    family, child, alias = await granted(world)
    for _ in range(3):
        caller = await world.machine(HAMAR, "profile.read", alias)
        assert (await world.mapping.get(f"/mapping/v1/children/{child}/profile", caller)).status_code == 200
    (line,) = (await log(world, family.mother, child))["items"]
    assert line["times"] == 3
    assert line["text"] == "Hamar kommune (syntetisk) leste det dere har fortalt for å følge opp barnet."
    assert (await log(world, family.mother, child, language="nn"))["items"][0]["text"] == (
        "Hamar kommune (syntetisk) las det de har fortalt for å følgje opp barnet."
    )
    assert (await log(world, family.mother, child, language="en"))["items"][0]["text"] == (
        "Hamar municipality (synthetic) read what you have told to follow up the child."
    )
    clock.forward(timedelta(days=1))
    caller = await world.machine(HAMAR, "profile.read", alias)
    await world.mapping.get(f"/mapping/v1/children/{child}/profile", caller)
    assert [each["times"] for each in (await log(world, family.mother, child))["items"]] == [1, 3]


async def test_the_readers_own_reads_are_left_out_and_the_others_are_there(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.profile(family.father, child)
    await world.profile(family.mother, child)
    (mothers,) = (await log(world, family.mother, child))["items"]
    assert (mothers["reader"], mothers["what"]) == ("guardian", ["profile"])
    assert mothers["text"] == "En annen forelder eller verge leste det dere har fortalt."
    fathers = (await log(world, family.father, child))["items"]
    assert [line["reader"] for line in fathers] == ["guardian"]
    assert {"profile", "access-log"} <= set(fathers[0]["what"])


async def test_a_refusal_is_in_the_log(world):
    family, child, alias = await granted(world)
    await world.machine_asks(HAMAR, "profile.write", alias)
    stranger = world.family()
    await world.asks(stranger.mother, "profile.read", child)
    await world.machine_asks(BODO, "profile.read", alias)
    lines = (await log(world, family.mother, child))["items"]
    assert {(line["reader"], line["denied"]) for line in lines} == {("organisation", True), ("person", True)}
    texts = {line["text"] for line in lines}
    assert "Hamar kommune (syntetisk) ba om innsyn, men fikk nei for å følge opp barnet." not in texts
    assert "Hamar kommune (syntetisk) ba om innsyn, men fikk nei." in texts
    assert "En annen person ba om innsyn, men fikk nei." in texts


async def test_a_services_read_is_in_the_log_with_its_purpose(world):
    family = world.family()
    child = await world.child_of(family.mother)
    caller = worker("rights", child, purpose="assess-rights")
    answer = await world.mapping.get(f"/internal/children/{child}/profile", _acting(caller))
    assert answer.status_code == 200, answer.text
    (line,) = (await log(world, family.mother, child))["items"]
    assert (line["reader"], line["purpose"]) == ("system", "assess-rights")
    assert line["text"] == "Sømløs leste det dere har fortalt for å finne rettigheter dere kan ha."


def _acting(caller):
    return replace(caller, action="profile.read")


READS = (
    ("GET", "/mapping/v1/children"),
    ("GET", "/mapping/v1/children/{child}"),
    ("GET", "/mapping/v1/children/{child}/profile"),
    ("GET", "/mapping/v1/children/{child}/profile/history"),
    ("GET", "/mapping/v1/children/{child}/grants"),
    ("GET", "/mapping/v1/grants"),
    ("GET", "/mapping/v1/grants/{grant}"),
    ("POST", "/mapping/v1/grants/{grant}/withdrawal"),
    ("GET", "/mapping/v1/children/{child}/access-log"),
)


@pytest.mark.parametrize("table", ["access_log", "access_view"])
async def test_when_the_log_cannot_be_written_nothing_is_shown(world, table):
    family = world.family()
    child = await world.child_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    alias = await world.alias(HAMAR, child)
    machine = await world.machine(HAMAR, "profile.read", alias)
    await world.rows(f"revoke insert on {table} from mapping")
    answers = []
    for method, template in READS:
        path = template.format(child=child, grant=grant)
        answers.append(await world.call(family.mother, method, path, child=child if "{child}" in template else None))
    answers.append(await world.tell(family.mother, child, known("rare_diagnosis", True)))
    answers.append(await world.mapping.get(f"/mapping/v1/children/{child}/profile", machine))
    answers.append(await world.mapping.get(f"/internal/children/{child}/profile", _acting(worker("rights", child))))
    answers.append(await world.asks(world.family().mother, "profile.read", child))
    for answer in answers:
        assert answer.status_code == 503, answer.text
        assert set(answer.json()) == {"type", "title", "status", "detail", "instance"}
    await world.rows(f"grant insert on {table} to mapping")
    assert (await world.rows("select state from fact")) == []
    assert (await world.rows("select withdrawn_at from access_grant"))[0]["withdrawn_at"] is None


async def test_every_read_leaves_a_row_in_both_tables_in_one_transaction(world):
    family = world.family()
    child = await world.child_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    for method, template in READS:
        before = len(await world.rows("select * from access_log where child_id = :child", child=child))
        path = template.format(child=child, grant=grant)
        answer = await world.call(family.mother, method, path, child=child if "{child}" in template else None)
        assert answer.status_code == (201 if method == "POST" else 200), answer.text
        assert len(await world.rows("select * from access_log where child_id = :child", child=child)) > before
    logged = await world.rows("select id from access_log order by id")
    viewed = await world.rows("select row_id as id from access_view order by row_id")
    assert logged == viewed
    assert await world.mapping.outbox("no.somlos.access.logged.v1") == []


async def test_the_log_comes_in_pages_without_gap_or_double(world, clock):
    family, child, alias = await granted(world)
    for _ in range(3):
        await world.profile(family.father, child)
        caller = await world.machine(HAMAR, "profile.read", alias)
        await world.mapping.get(f"/mapping/v1/children/{child}/profile", caller)
        await world.asks(world.family().mother, "profile.read", child)
        clock.forward(timedelta(days=1))
    all_lines = (await log(world, family.mother, child))["items"]
    assert len(all_lines) == 9
    assert [line["day"] for line in all_lines] == sorted((line["day"] for line in all_lines), reverse=True)
    paged, cursor = [], ""
    while cursor is not None:
        page = await log(world, family.mother, child, f"?limit=2&cursor={cursor}" if cursor else "?limit=2")
        paged += page["items"]
        cursor = page["next"]
    assert paged == all_lines


async def test_a_nonsense_cursor_is_400(world):
    family = world.family()
    child = await world.child_of(family.mother)
    answer = await world.call(
        family.mother, "GET", f"/mapping/v1/children/{child}/access-log?cursor={uuid4().hex}", child=child
    )
    assert answer.status_code == 400


async def test_the_log_cannot_be_changed_by_the_service(world, database):
    rows = await world.rows(
        "select privilege_type from information_schema.role_table_grants where grantee = 'mapping' and table_name = 'access_log'"
    )
    assert {row["privilege_type"] for row in rows} == {"SELECT", "INSERT"}
