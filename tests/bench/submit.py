"""Sending in an application, to raw asyncpg running the same statements.

The service runs as a process with its database, its row-level security, log rows, idempotency keys and sealing; mapping answers at once inside it
(`tests.bench.applying`), so that the row is about this service and its database. The raw side runs what one submission was heard to send, with fresh ids,
on the same database and through as many connections: it seals nothing, checks nothing and makes no answer.
"""

from functools import partial
from typing import Any
from uuid import UUID

from services.applications.api.reading import SUBMIT
from shared.clock import SystemClock
from shared.ids import new_id
from tests.bench.applying import CHILD, FORM, MOTHER, add_drafts, create, mother, pool_size
from tests.bench.door import bearer
from tests.bench.harness import Limit, Row, Turns, in_turns
from tests.bench.inside import in_this_process, sent
from tests.bench.load import Wire, request, send_all, wires
from tests.bench.replay import Raw, Rewriter, Transactions, connections, count, listening, run_all
from tests.bench.world import World

ROUNDS = 7
SIZES = ((16, 160, Limit(floor=0.14, aim=0.20)), (1, 60, Limit(floor=0.20, aim=0.33)))
PATH = "/applications/v1/applications/{id}/submission"


async def measure(world: World) -> list[Row]:
    """One row for sixteen submissions at a time, one for one at a time."""
    clone = await world.database("applications", "submit")
    settings = await world.settings("applications", clone)
    signer = world.keys.signer("gateway", SystemClock())
    async with in_this_process(create, settings) as app:
        database, form = app.state.database, app.state.shelf.form(FORM)

        async def drafts(number: int) -> list[UUID]:
            return await add_drafts(database, form.version, number)

        def asked(draft: UUID, key: UUID) -> dict[str, Any]:
            headers = {
                "Idempotency-Key": str(key),
                "If-Match": '"1"',
                **bearer(signer.token("applications", mother(SUBMIT))),
            }
            return {"method": "POST", "path": PATH.format(id=draft), "headers": headers}

        [heard_of] = await drafts(1)
        key = new_id()
        with listening(database.engine) as heard:
            await sent(app, asked(heard_of, key), expected=201)
        rewriter = Rewriter(heard, fixed=(CHILD, MOTHER))
        rows = []
        async with world.process("tests.bench.applying:create", settings) as running:
            for at_once, number, limit in SIZES:

                async def submitted(open_wires: list[Wire], number: int = number) -> float:
                    requests = [request(**asked(each, new_id())) for each in await drafts(number)]
                    return (await send_all(open_wires, requests, expected=201)).rate

                async def replayed(raw: Raw, number: int = number) -> float:
                    copies = [rewriter.copy({heard_of: each, key: new_id()}) for each in await drafts(number)]
                    return number / await run_all(raw, iter(copies))

                size = min(at_once, pool_size())
                async with wires(running.port, at_once) as open_wires, connections(clone, size) as raw:
                    turns = await in_turns(partial(submitted, open_wires), partial(replayed, raw), rounds=ROUNDS)
                rows.append(_row(turns, at_once, number, limit, heard))
    return rows


def _row(turns: Turns, at_once: int, number: int, limit: Limit, heard: Transactions) -> Row:
    figures = (
        ("the endpoint", f"{turns.our_median:.0f} submissions/s"),
        ("raw asyncpg", f"{turns.peer_median:.0f} submissions/s"),
        ("statements", f"{count(heard)} in {len(heard)} transactions"),
    )
    how = f"POST of a submission, {at_once} at a time, {ROUNDS} rounds of {number}; raw asyncpg runs the same statements over as many connections as the service has, at most one for each submission under way."
    return Row(name=f"Submit endpoint, {at_once} at a time", rounds=turns.ratios, limit=limit, figures=figures, how=how)
