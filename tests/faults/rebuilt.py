"""Every projection is thrown away and built anew from the topics by the operator's command; it must be what it was."""

from typing import Any

from tests.faults.field import Field
from tests.faults.poison import replay
from tests.faults.seen import Row, read_tables
from tests.support.until import until

PROJECTIONS = ("status.case_file", "status.case_timeline", "mapping.access_view")
CAUGHT_UP_WITHIN_S = 60.0


async def rebuilt(field: Field) -> None:
    """`make replay ARGS=--all` for rights, status and mapping."""
    rights = await _rights(field)
    await field.look()  # the reads of rights have reached the family's log
    before = await _projections(field)
    for service in ("status", "mapping", "rights"):
        field.say(f"  {service}: {await replay(field, service)}")
    await until(lambda: _same_number(field, before), CAUGHT_UP_WITHIN_S)
    after = await _projections(field)
    for table in PROJECTIONS:
        assert after[table] == before[table], f"{table} is another after a replay"
    assert await _rights(field) == rights, "rights are judged otherwise after a replay"
    rows = sum(len(found) for found in before.values())
    field.say(f"  {rows} rows of {len(PROJECTIONS)} projections and {len(rights)} children's rights are as they were")


async def _projections(field: Field) -> dict[str, list[Row]]:
    tables = await read_tables(field.cluster.admin_address("{database}"))
    return {name: sorted(_told(tables[name]), key=repr) for name in PROJECTIONS}


def _told(rows: list[Row]) -> list[Row]:
    """What mapping has logged itself comes from no event, and stays; reads go on meanwhile."""
    return [row for row in rows if row.get("service") != "mapping"]


async def _same_number(field: Field, before: dict[str, list[Row]]) -> bool:
    now = await _projections(field)
    return all(len(now[name]) >= len(before[name]) for name in PROJECTIONS)


async def _rights(field: Field) -> dict[str, Any]:
    """Each child's rights as its guardian is shown them."""
    shown = {}
    for family in field.families:
        answer = (await family.guardian.read(f"/rights/v1/children/{family.child}")).json()
        shown[family.child] = (answer["based_on"]["profile_version"], answer["rights"])
    return shown
