"""A poison event: it and its followers of the same key are set aside, the others flow on, and a replay makes the key whole."""

import asyncio
import sys

from deploy.local.layout import ROOT
from tests.faults.field import Field
from tests.faults.load import apply, decide
from tests.support.until import until

PARKED_WITHIN_S, SHOWN_WITHIN_S = 60.0, 60.0
# What a fault in a listener would be: this case's second step cannot be written.
BREAK = """
create function status.broken() returns trigger language plpgsql as $$
begin raise exception 'a fault of the listener'; end $$;
create trigger broken before insert on status.case_timeline for each row
when (new.case_id = '{case}' and new.version > 1) execute function status.broken();
"""
REPAIR = "drop trigger broken on status.case_timeline; drop function status.broken();"
CAUSES = "select cause from status.parked_event where key = $1 order by id"
STEPS = "select status from status.case_timeline where case_id = $1 order by version"


async def poison(field: Field) -> None:
    """The listener of one case is broken while the municipality decides; the other families live on meanwhile."""
    cluster, victim = field.cluster, field.families[-1]
    case = await apply(victim)
    assert case is not None
    await until(lambda: cluster.rows("status", STEPS, case), SHOWN_WITHIN_S)
    await cluster.command("status", BREAK.format(case=case))
    others = field.families
    field.families = [family for family in others if family.guardian.who != victim.guardian.who]
    try:
        async with field.under_load():
            await decide(victim, case)
            await until(lambda: _causes(field, case, ["poison", "behind"]), PARKED_WITHIN_S)
    finally:
        field.families = others
        await cluster.command("status", REPAIR)
    steps = [row["status"] for row in await cluster.rows("status", STEPS, case)]
    assert steps == ["submitted"], steps
    told = await cluster.rows(
        "status", "select event_id from status.outbox where topic = 'somlos.status.dead-letter.v1'"
    )
    assert told, "the operators were not told"
    said = await replay(field, "status", case)
    steps = [row["status"] for row in await cluster.rows("status", STEPS, case)]
    assert steps == ["submitted", "received", "decided"], steps
    field.say(f"  parked: poison, behind; the other families went on; replay: {said}")


async def _causes(field: Field, case: str, wanted: list[str]) -> bool:
    return [row["cause"] for row in await field.cluster.rows("status", CAUSES, case)] == wanted


async def replay(field: Field, service: str, key: str | None = None) -> str:
    """`make replay SERVICE=… KEY=…` (or ARGS=--all), as an operator does it; what it said."""
    chosen = ("--key", key) if key else ("--all",)
    words = (sys.executable, "-m", "deploy.local.cli", "replay", service, *chosen)
    process = await asyncio.create_subprocess_exec(
        *words, cwd=ROOT, env=dict(field.cluster.environment), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said
    return said.decode().splitlines()[-1]
