"""One application's life as applications tells it, one complaint's as status tells it, and what partners hear of them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from gateway.delivery.domain.complaint import Holders
from gateway.delivery.events import applications, gateway, status
from shared.db.transaction import Database
from shared.domain import NotFound, Unavailable
from shared.events.applications import (
    ApplicationDecided,
    ApplicationStatus,
    ApplicationStatusChanged,
    ApplicationSubmitted,
    DecisionOutcome,
)
from shared.events.complaints import (
    ComplaintDecided,
    ComplaintFiled,
    ComplaintForwarded,
    ComplaintOutcome,
    ComplaintReassessed,
    ComplaintReceived,
    ComplaintStatus,
    ComplaintWithdrawn,
    OfComplaint,
)
from shared.events.envelope import Event
from shared.events.gateway import ComplaintDue, DeliveryDue
from tests.support.clock import START
from tests.support.deliveries import Record, Records, consumer, deliver, in_order, record

NAV, HAMAR, GJOVIK, BODO = "312480018", "312482754", "312484129", "312490978"
RIGHT = "hjelpestonad"
SUBSCRIPTIONS = (*applications.SUBSCRIPTIONS, *status.SUBSCRIPTIONS, *gateway.SUBSCRIPTIONS)
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


TO_THE_APPEAL_BODY = (
    (ComplaintFiled, "filed", None),
    (ComplaintReceived, "received", None),
    (ComplaintReassessed, "reassessed", "upheld"),
    (ComplaintForwarded, "forwarded", None),
)
DECIDED = (*TO_THE_APPEAL_BODY, (ComplaintDecided, "decided", "reversed"))
CHANGED = (*TO_THE_APPEAL_BODY[:2], (ComplaintReassessed, "closed", "changed"))
TAKEN_BACK = (*TO_THE_APPEAL_BODY, (ComplaintWithdrawn, "withdrawn", None))
TAKEN_BACK_EARLY = (*TO_THE_APPEAL_BODY[:2], (ComplaintWithdrawn, "withdrawn", None))
Life = tuple[tuple[type[Event], str, str | None], ...]


@dataclass(frozen=True)
class Complaint:
    """One complaint; `authority` None: its child has a protected address, and no event names an organisation."""

    authority: str | None = HAMAR
    appeal: str | None = NAV
    id: UUID = field(default_factory=uuid4)
    child: UUID = field(default_factory=uuid4)
    application: UUID = field(default_factory=uuid4)

    def records(self, life: Life = DECIDED) -> list[Record]:
        """Its life, as it stands on the topic."""
        found, forwarded = [], False
        for version, (kind, standing, outcome) in enumerate(life, start=1):
            forwarded = forwarded or standing == "forwarded"
            told = OfComplaint(
                complaint_id=self.id,
                application_id=self.application,
                child_id=self.child,
                right_id=RIGHT,
                status=ComplaintStatus(standing),
                outcome=ComplaintOutcome(outcome) if outcome else None,
                authority_org=self.authority,
                appeal_org=self.appeal if self.authority and forwarded else None,
                at=START + timedelta(days=version),
                version=version,
            )
            found.append(record(kind(**told.model_dump()), version))
        return found


@dataclass
class Desk:
    """Stands in for applications, status and mapping. `holders_of`: who has each complaint. `away`: who does not answer; `gone`: children that are no more."""

    party_of: dict[UUID, str] = field(default_factory=dict)
    holders_of: dict[UUID, Holders] = field(default_factory=dict)
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
    def status(self) -> "Desk":
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

    async def holders(self, complaint_id: UUID, child: UUID) -> Holders:
        """Who has the complaint now."""
        self._answer("holders", child)
        return self.holders_of[complaint_id]

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
    kinds: dict[str, type[Event]] = {each.type_: each for each in (DeliveryDue, ComplaintDue)}
    return [record(kinds[row["type"]](**json.loads(row["data"])), event_id=row["event_id"]) for row in found]


async def play(
    database: Database, batches: list[Records], desk: Desk, *, mishap: Mishap = in_order, later: Mishap = in_order
) -> None:
    """Lets the worker hear the batches, and then its own notes with their mishaps, until it has nothing more to tell itself."""
    worker = consumer(database, SUBSCRIPTIONS, desk)
    await deliver(worker, [batch for one in batches for batch in mishap(one)])
    await deliver(worker, later(await due(database)))
