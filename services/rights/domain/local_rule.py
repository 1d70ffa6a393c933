"""A municipality's own right, or its own version of one that municipalities decide: proposed by one person, published by another."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.rights.domain.errors import RuleNotProposed, RuleNotPublished, SamePerson


class LocalStatus(StrEnum):
    """How far it has come. A proposal that is dropped is withdrawn; what was published can only end."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRule:
    """One version of a local rule. `content`: the rule file as JSON text. `number` counts what the organisation has published of this right, from 1.
    It holds from `valid_from` (None: always) until `valid_until`, not included (None: open). `proposed_by` and `settled_by` are the
    organisation's own ids of two employees."""

    id: UUID
    organisation: str
    municipality: str
    right_id: str
    content: str
    valid_from: date | None
    valid_until: date | None
    status: LocalStatus
    version: int
    number: int | None
    proposed_by: str
    proposed_at: datetime
    settled_by: str | None = None
    settled_at: datetime | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return (
            self.status in (LocalStatus.PUBLISHED, LocalStatus.ENDED)
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day < self.valid_until)
        )


def publish(rule: LocalRule, *, by: str, number: int, at: datetime) -> LocalRule:
    """The rule in force from its own first day. Raises RuleNotProposed, or SamePerson: two people stand behind a rule."""
    if rule.status is not LocalStatus.PROPOSED:
        raise RuleNotProposed
    if by == rule.proposed_by:
        raise SamePerson
    return replace(
        rule, status=LocalStatus.PUBLISHED, number=number, settled_by=by, settled_at=at, version=rule.version + 1
    )


def withdraw(rule: LocalRule, *, by: str, at: datetime) -> LocalRule:
    """The proposal dropped. Raises RuleNotProposed."""
    if rule.status is not LocalStatus.PROPOSED:
        raise RuleNotProposed
    return replace(rule, status=LocalStatus.WITHDRAWN, settled_by=by, settled_at=at, version=rule.version + 1)


def end(rule: LocalRule, *, on: date) -> LocalRule:
    """No longer in force from that day; for the days before it still runs. Raises RuleNotPublished."""
    if rule.status is not LocalStatus.PUBLISHED:
        raise RuleNotPublished
    until = on if rule.valid_until is None else min(on, rule.valid_until)
    return replace(rule, status=LocalStatus.ENDED, valid_until=until, version=rule.version + 1)
