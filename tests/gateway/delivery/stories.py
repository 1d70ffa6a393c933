"""One application's life as applications tells it, and what its party hears of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from gateway.delivery.events import applications, gateway
from shared.db.transaction import Database
from shared.domain import NotFound, Unavailable
from shared.events.applications import (
    ApplicationDecided,
    ApplicationStatus,
    ApplicationStatusChanged,
    ApplicationSubmitted,
    DecisionOutcome,
)
from shared.events.gateway import DeliveryDue
from tests.support.clock import START
from tests.support.deliveries import Record, Records, consumer, deliver, in_order, record

NAV, HAMAR, GJOVIK, BODO = "312480018", "312482754", "312484129", "312490978"
RIGHT = "hjelpestonad"
SUBSCRIPTIONS = (*applications.SUBSCRIPTIONS, *gateway.SUBSCRIPTIONS)
STATUSES = (ApplicationStatus.RECEIVED, ApplicationStatus.DOCUMENTATION_REQUESTED, ApplicationStatus.WITHDRAWN)
DUE = DeliveryDue.topic
OUTBOX = "select event_id, topic, key, aggregate_id, version, type, data from outbox order by position"
Mishap = Callable[[Records], list[Records]]


@dataclass(frozen=True)
class Application:
    """One application to an organisation; `told_org` None: its child has a protected address."""

    org: str | None = NAV
    id: UUID = field(default_factory=uuid4)
    child: UUID = field(default_factory=uuid4)

    def submitted(self, *, at: datetime = START) -> ApplicationSubmitted:
        """It is sent in."""
        return ApplicationSubmitted(
            application_id=self.id,
            child_id=self.child,
            right_id=RIGHT,
            authority_kind="nav",
            authority_org=self.org,
            submitted_at=at,
            version=1,
        )

    def changed(
        self, status: ApplicationStatus, version: int, *, at: datetime | None = None
    ) -> ApplicationStatusChanged:
        """It stands somewhere else."""
        moment = at or START + timedelta(days=version)
        return ApplicationStatusChanged(
            application_id=self.id, child_id=self.child, status=status, changed_at=moment, version=version
        )

    def decided(self, version: int, *, at: datetime | None = None) -> ApplicationDecided:
        """Its party has decided."""
        moment = at or START + timedelta(days=version)
        return ApplicationDecided(
            application_id=self.id,
            child_id=self.child,
            outcome=DecisionOutcome.REFUSED,
            decided_at=moment.date(),
            changed_at=moment,
            version=version,
        )

    def records(self) -> list[Record]:
        """Its whole life, as it stands on the topic."""
        changes = [self.changed(status, version) for version, status in enumerate(STATUSES, start=2)]
        return [record(event, event.version) for event in (self.submitted(), *changes)]


@dataclass
class Desk:
    """Stands in for applications and mapping. `away`: who does not answer; `gone`: children that are no more."""

    party_of: dict[UUID, str] = field(default_factory=dict)
    partners: frozenset[str] = frozenset({NAV, HAMAR})
    away: set[str] = field(default_factory=set)
    gone: set[UUID] = field(default_factory=set)
    asked: list[tuple[str, UUID]] = field(default_factory=list)
    refused: int = 0

    @property
    def applications(self) -> "Desk":
        """Itself."""
        return self

    @property
    def mapping(self) -> "Desk":
        """Itself."""
        return self

    async def party(self, application_id: UUID, child: UUID) -> str:
        """Whom the application was sent to."""
        self._answer("party", child)
        return self.party_of[application_id]

    async def pseudonym(self, organisation: str, person: UUID) -> str:
        """The same each time for one organisation and person."""
        self._answer(organisation, person)
        return pseudonym(organisation, person)

    def _answer(self, what: str, child: UUID) -> None:
        if self.away:
            self.refused += 1
            raise Unavailable(next(iter(self.away)))
        if child in self.gone:
            raise NotFound
        self.asked.append((what, child))


def pseudonym(organisation: str, person: UUID) -> str:
    """What the stand-in for mapping calls the person."""
    return f"alias-{organisation}-{person.hex[::-1]}"


async def rows(database: Database) -> list[dict[str, Any]]:
    """The outbox, oldest first."""
    found: list[dict[str, Any]] = await database.clone.rows(OUTBOX)  # type: ignore[attr-defined]  # the fixture's
    return found


async def told(database: Database, *organisations: str) -> list[tuple[str, int, str, str]]:
    """(topic, number, type, data) of everything that went out to the partners."""
    wanted = [f"partner.{organisation}.events.v1" for organisation in organisations]
    return [
        (row["topic"], row["version"], row["type"], row["data"])
        for row in await rows(database)
        if row["topic"].startswith("partner.") and (not wanted or row["topic"] in wanted)
    ]


async def due(database: Database) -> list[Record]:
    """The worker's notes to itself, as they would stand on their topic."""
    found = [row for row in await rows(database) if row["topic"] == DUE]
    return [record(DeliveryDue(**json.loads(row["data"])), event_id=row["event_id"]) for row in found]


async def play(
    database: Database, batches: list[Records], desk: Desk, *, mishap: Mishap = in_order, later: Mishap = in_order
) -> None:
    """Lets the worker hear the batches, and then its own notes with their mishaps, until it has nothing more to tell itself."""
    worker = consumer(database, SUBSCRIPTIONS, desk)
    await deliver(worker, [batch for one in batches for batch in mishap(one)])
    await deliver(worker, later(await due(database)))
