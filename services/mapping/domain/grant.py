"""A grant (samtykke): a family lets an organisation, or a youth lets a guardian, see and do what it names, for a purpose and a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.mapping.domain.errors import AlreadyGranted, GrantTooLong
from services.mapping.domain.law import AccessLaw, Action, GranteeKind, Groups
from shared.dates import add_months
from shared.domain import FieldFault, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """It holds from the start of `valid_from` to the start of `valid_to`, in Europe/Oslo. Exactly one of organisation and guardian is the receiver."""

    id: UUID
    child: UUID
    giver: UUID
    organisation: str | None
    guardian: UUID | None
    purpose: str
    groups: frozenset[str]
    actions: frozenset[Action]
    valid_from: date
    valid_to: date
    given_at: datetime
    version: int = 1
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None

    @property
    def receiver_kind(self) -> GranteeKind:
        """Whom it opens to."""
        return GranteeKind.ORGANISATION if self.organisation else GranteeKind.GUARDIAN

    def ended(self, day: date) -> bool:
        """Whether it is withdrawn or past."""
        return self.withdrawn_at is not None or day >= self.valid_to

    def opens(self, action: Action, day: date) -> bool:
        """Whether it opens this on that day."""
        return action in self.actions and self.valid_from <= day and not self.ended(day)


def give(grant: Grant, live: Iterable[Grant], *, may: Groups, today: date, law: AccessLaw) -> Grant:
    """The grant as it will stand. `may`: the groups the giver may open; `live`: the child's grants.

    Raises InvalidInput, GrantTooLong, or AlreadyGranted when the giver has one for the same receiver and purpose.
    """
    faults = [*_faults_of_content(grant, may, law), *_faults_of_time(grant, today)]
    if faults:
        raise InvalidInput(*faults)
    if grant.valid_to > add_months(grant.valid_from, law.longest_grant_months):
        raise GrantTooLong(law.longest_grant_months)
    for other in live:
        if _same(other, grant) and not other.ended(today):
            raise AlreadyGranted(other.id)
    return grant


def withdraw(grant: Grant, *, by: UUID | None, at: datetime) -> Grant:
    """Ends the grant now; a withdrawn one stays as it is. `by` None: the address became protected, or someone it names is erased."""
    if grant.withdrawn_at is not None:
        return grant
    return replace(grant, withdrawn_at=at, withdrawn_by=by, version=grant.version + 1)


def _same(one: Grant, other: Grant) -> bool:
    return (one.giver, one.organisation, one.guardian, one.purpose) == (
        other.giver,
        other.organisation,
        other.guardian,
        other.purpose,
    )


def _faults_of_content(grant: Grant, may: Groups, law: AccessLaw) -> Iterable[FieldFault]:
    beyond = frozenset() if may is None else grant.groups - may
    if not grant.groups or beyond:
        yield FieldFault(
            "groups",
            "not-yours-to-open",
            "one or more of " + ", ".join(sorted(may or ())) if may is not None else "at least one group",
        )
    if grant.guardian is not None and grant.giver != grant.child:
        yield FieldFault(
            "guardian", "not-yours-to-open", "an organisation: only the child itself opens something to a guardian"
        )
    allowed = law.grantable[grant.receiver_kind]
    if not grant.actions or not grant.actions <= allowed:
        yield FieldFault("actions", "not-grantable", "one or more of " + ", ".join(sorted(allowed)))


def _faults_of_time(grant: Grant, today: date) -> Iterable[FieldFault]:
    if grant.valid_from < today:
        yield FieldFault("valid_from", "in-the-past", f"{today.isoformat()} or later")
    if grant.valid_to <= grant.valid_from:
        yield FieldFault("valid_to", "not-after-start", "a day after valid_from")
