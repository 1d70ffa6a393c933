"""What one submission over the whole way sends to the databases, listened to service by service, and sent again by raw asyncpg."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from deploy.local.register.people import read_people
from services.applications.api.reading import SUBMIT
from services.applications.main import create as create_applications
from services.mapping.main import create as create_mapping
from services.status.events.applications import SUBSCRIPTIONS
from services.status.main import create as create_status
from shared.auth.principals import Kind, Principal
from shared.auth.tokens import subject_of
from shared.clock import SystemClock
from shared.ids import new_id
from shared.kafka.relay import _MARK, _UNSENT
from tests.bench.applying import FORM, add_drafts
from tests.bench.consumer import submitted
from tests.bench.door import bearer
from tests.bench.inside import in_this_process, sent
from tests.bench.replay import Connection, Rewriter, Transactions, connections, count, listening, run
from tests.bench.world import World
from tests.support import deliveries
from tests.support.postgres import Clone
from tests.support.running import client_of
from tests.support.servers import served

AT_ONCE, TOGETHER = 8, 16
MOTHER = read_people().person("solstraale", "lun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One submission as the databases see it: `one` of (service, transactions), `batch` of the consumer for sixteen."""

    mother: UUID
    child: UUID
    form_version: int
    draft: UUID
    key: UUID
    mapping: Transactions
    applications: Transactions
    batch: Transactions

    @property
    def count(self) -> int:
        """Statements of one submission."""
        return count(self.mapping) + count(self.applications)

    @property
    def shared(self) -> int:
        """Statements for sixteen together: the relay's two and the consumer's."""
        return count(self.batch) + 2


async def listen_to_all(world: World, settings: Mapping[str, Mapping[str, str]], ports: Mapping[str, int]) -> Heard:
    """One submission by the real services in this process: the family is fetched from the register before anything is listened to."""
    signer = world.keys.signer("gateway", SystemClock())
    async with (
        in_this_process(create_mapping, settings["mapping"]) as mapping,
        served(mapping, port=ports["mapping"], lifespan="off"),
        in_this_process(create_applications, settings["applications"]) as applications,
        in_this_process(create_status, settings["status"]) as status,
    ):
        seen = await _decide(mapping, signer.assertion("mapping"), "child.read", None)
        child = min(who for who, subject in seen.subjects.items() if subject.ground == "guardian")
        mother = await _decide(mapping, signer.assertion("mapping"), SUBMIT, child)
        form, database = applications.state.shelf.form(FORM), applications.state.database
        drafts = await add_drafts(database, form.version, 2, person=mother.person, child=child)

        async def submit(draft: UUID, key: UUID) -> None:
            await _decide(mapping, signer.assertion("mapping"), SUBMIT, None)
            headers = {
                "Idempotency-Key": str(key),
                "If-Match": '"1"',
                **bearer(signer.token("applications", mother)),
            }
            path = f"/applications/v1/applications/{draft}/submission"
            await sent(applications, {"method": "POST", "path": path, "headers": headers}, expected=201)

        await submit(drafts[0], new_id())  # pseudonyms are made once
        key = new_id()
        with listening(mapping.state.database.engine) as at_mapping, listening(database.engine) as at_applications:
            await submit(drafts[1], key)
        consumer = deliveries.consumer(status.state.database, SUBSCRIPTIONS)
        records = [deliveries.record(submitted()) for _ in range(TOGETHER)]
        with listening(status.state.database.engine) as batch:
            await consumer.handle([item for each in records if (item := consumer.reader.read(each))])
    return Heard(
        mother=mother.person, child=child, form_version=form.version, draft=drafts[1], key=key,
        mapping=at_mapping, applications=at_applications, batch=batch,
    )  # fmt: skip


async def _decide(mapping: Any, assertion: str, action: str, child: UUID | None) -> Principal:
    """The mother as mapping decides on her, asked as the gateway asks."""
    asked = {
        "principal": {"kind": "citizen", "national_id": MOTHER.national_id},
        "action": action,
        "purpose": None,
        "child": str(child) if child else None,
        "service": "applications",
    }
    async with client_of(mapping) as http:
        answer = await http.post("/internal/decisions", json=asked, headers=bearer(assertion))
    said = answer.raise_for_status().json()
    subjects = {UUID(who): subject_of(claim) for who, claim in said["subjects"].items()}
    return Principal(Kind.CITIZEN, said["sub"], action=action, subjects=subjects)


class Raw:
    """Raw asyncpg on copies of the three databases: workers that take a submission each, and every sixteenth what sixteen share."""

    def __init__(self, heard: Heard, open_: Sequence[Mapping[str, Connection]]) -> None:
        self._heard, self._open = heard, open_
        fixed = (heard.mother, heard.child)
        self._mapping, self._applications = (
            Rewriter(heard.mapping, fixed=fixed),
            Rewriter(heard.applications, fixed=fixed),
        )
        self._batch = Rewriter(heard.batch)

    @classmethod
    @asynccontextmanager
    async def over(cls, copies: Mapping[str, Clone], heard: Heard) -> AsyncIterator[Self]:
        """With connections to each copy, until the block ends."""
        async with AsyncExitStack() as stack:
            opened = {
                name: await stack.enter_async_context(connections(each, AT_ONCE)) for name, each in copies.items()
            }
            yield cls(heard, [{name: each[number] for name, each in opened.items()} for number in range(AT_ONCE)])

    async def run(self, drafts: Sequence[UUID]) -> float:
        """The seconds it takes; the parameters are made before."""
        ready = [self._copy(draft) for draft in drafts]
        batches = iter([self._batch.copy() for _ in range(len(drafts) // TOGETHER)])
        left = iter(enumerate(ready, start=1))

        async def work(to: Mapping[str, Connection]) -> None:
            for number, (at_mapping, at_applications) in left:
                await run(to["mapping"], at_mapping)
                await run(to["applications"], at_applications)
                if number % TOGETHER == 0:
                    await _relayed(to["applications"])
                    await run(to["status"], next(batches))

        began = time.perf_counter()
        await asyncio.gather(*(work(to) for to in self._open))
        return time.perf_counter() - began

    def _copy(self, draft: UUID) -> tuple[Transactions, Transactions]:
        heard = self._heard
        changed = {heard.draft: draft, heard.key: new_id()}
        return self._mapping.copy(changed), self._applications.copy(changed)


async def _relayed(connection: Connection) -> None:
    """What the relay sends for a batch: the rows, and the mark that they are sent."""
    rows = await connection.fetch(_UNSENT, [], 500)
    await connection.execute(_MARK, [row["position"] for row in rows])
