"""The access decision: may this caller do this with this child now? One pure function over one table (`law.py`, `data/access.yaml`).

Left out, on purpose: break-glass (nødtilgang; own scope, reason, 60 minutes) is an issue of its own, and `party` (an organisation
that a case is addressed to) is decided where the case lives, so it never comes here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.mapping.domain.grant import Grant
from services.mapping.domain.law import AccessLaw, Action, AgeClass, GranteeKind, Groups, Standing, overlap, union
from shared.dates import oslo_day


class Ground(StrEnum):
    """Why a caller may."""

    SELF = "self"
    GUARDIAN = "guardian"
    GRANT = "grant"


class Reason(StrEnum):
    """Why a caller may not. From outside every reason looks the same, except that stale facts are 503."""

    STALE = "stale"
    PROTECTED = "protected"
    NO_RELATION = "no-relation"
    NOT_AT_THIS_AGE = "not-at-this-age"
    NO_GRANT = "no-grant"


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person who has logged in."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's system (maskin)."""

    number: str


Asker = Citizen | Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """An adult's relation to the child. `acts`: parental responsibility (foreldreansvar), daily care, or appointed (verge)."""

    adult: UUID
    acts: bool
    home: str
    protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What the decision rests on: the register's answer about the child, of `as_of`, and the grants that have not ended."""

    id: UUID
    born: date
    died: date | None
    home: str
    protected: bool
    as_of: datetime
    ties: tuple[Tie, ...] = ()
    grants: tuple[Grant, ...] = ()

    def tie_of(self, adult: UUID) -> Tie | None:
        """The adult's relation to the child, if the register knows one."""
        return next((tie for tie in self.ties if tie.adult == adult), None)

    def grants_to(self, organisation: str, purpose: str | None) -> list[Grant]:
        """What the organisation has been granted for this purpose."""
        return [grant for grant in self.grants if grant.organisation == organisation and grant.purpose == purpose]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes: on what ground, and which groups of facts (None: all)."""

    ground: Ground
    groups: Groups
    law_version: str


@dataclass(frozen=True, slots=True)
class Denied:
    """No, and why; the reason is for our log, not for the caller."""

    reason: Reason
    law_version: str


def decide(
    asker: Asker, child: Child, *, action: Action, purpose: str | None, at: datetime, law: AccessLaw
) -> Allowed | Denied:
    """Whether the asker may do this with the child at that moment. Unknown or stale facts mean no."""
    if at - child.as_of > law.usable:
        return Denied(Reason.STALE, law.version)
    match asker:
        case Citizen(person):
            return _person(person, child, action=action, at=at, law=law)
        case Organisation(number):
            return _organisation(number, child, action=action, purpose=purpose, at=at, law=law)


def age_class_of(child: Child, at: datetime, law: AccessLaw) -> AgeClass:
    """The class on the day in Europe/Oslo; one who has died stays as old as on the last day."""
    day = oslo_day(at)
    return law.age_class(child.born, min(day, child.died or day))


def own_reach(person: UUID, child: Child, *, action: Action, at: datetime, law: AccessLaw) -> Allowed | Denied:
    """What the table gives someone by what they are to the child, without any grant."""
    age_class = age_class_of(child, at, law)
    if person == child.id:
        return _by_rule(Standing.SELF, Ground.SELF, age_class, action=action, law=law)
    tie = child.tie_of(person)
    if tie is None or not tie.acts:
        return Denied(Reason.NO_RELATION, law.version)
    if shut_out(child, tie):
        return Denied(Reason.PROTECTED, law.version)
    return _by_rule(Standing.GUARDIAN, Ground.GUARDIAN, age_class, action=action, law=law)


def shut_out(child: Child, tie: Tie) -> bool:
    """Kode 6/7: whether the child's address is protected and the adult does not live at the same protected address."""
    return child.protected and not (tie.protected and tie.home == child.home)


def _by_rule(
    standing: Standing, ground: Ground, age_class: AgeClass, *, action: Action, law: AccessLaw
) -> Allowed | Denied:
    if not law.allows(standing, age_class, action):
        return Denied(Reason.NOT_AT_THIS_AGE, law.version)
    return Allowed(ground, law.rules[standing, age_class, action], law.version)


def _person(person: UUID, child: Child, *, action: Action, at: datetime, law: AccessLaw) -> Allowed | Denied:
    """By the table; a grant to the person adds groups (16–17) or is all there is (18)."""
    own = own_reach(person, child, action=action, at=at, law=law)
    tie = child.tie_of(person)
    if person == child.id or tie is None or shut_out(child, tie):
        return own
    granted = _granted(
        [g for g in child.grants if g.guardian == person], child, GranteeKind.GUARDIAN, action=action, at=at, law=law
    )
    if granted == frozenset():
        return own
    if isinstance(own, Allowed):
        return Allowed(own.ground, union(own.groups, granted), law.version)
    return Allowed(Ground.GRANT, granted, law.version)


def _organisation(
    number: str, child: Child, *, action: Action, purpose: str | None, at: datetime, law: AccessLaw
) -> Allowed | Denied:
    if child.protected:
        return Denied(Reason.PROTECTED, law.version)
    grants = child.grants_to(number, purpose)
    groups = _granted(grants, child, GranteeKind.ORGANISATION, action=action, at=at, law=law)
    if groups == frozenset():
        return Denied(Reason.NO_GRANT, law.version)
    return Allowed(Ground.GRANT, groups, law.version)


def _granted(
    grants: list[Grant], child: Child, kind: GranteeKind, *, action: Action, at: datetime, law: AccessLaw
) -> Groups:
    """The groups that grants open today: never more than each giver could open today. Empty: none."""
    groups: Groups = frozenset()
    for grant in grants:
        if action in law.grantable[kind] and grant.opens(action, oslo_day(at)):
            groups = union(groups, opened_by(grant, child, at=at, law=law))
    return groups


def opened_by(grant: Grant, child: Child, *, at: datetime, law: AccessLaw) -> Groups:
    """The grant's groups as far as its giver may still open them."""
    giver = own_reach(grant.giver, child, action=Action.GRANT_GIVE, at=at, law=law)
    return overlap(grant.groups, giver.groups) if isinstance(giver, Allowed) else frozenset()
