"""The access table as values: who may do what, at which age. Its numbers are data (`data/access.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from shared.dates import age_on


class Action(StrEnum):
    """What a caller may want to do; the gateway's route table names one a route."""

    CHILD_READ = "child.read"
    PROFILE_READ = "profile.read"
    PROFILE_WRITE = "profile.write"
    GRANT_READ = "grant.read"
    GRANT_GIVE = "grant.give"
    GRANT_WITHDRAW = "grant.withdraw"
    ACCESS_LOG_READ = "access-log.read"
    RIGHTS_READ = "rights.read"
    APPLICATION_READ = "application.read"
    APPLICATION_WRITE = "application.write"
    APPLICATION_SUBMIT = "application.submit"
    CASE_READ = "case.read"
    COMPLAINT_WRITE = "complaint.write"


class Standing(StrEnum):
    """What someone is to the child."""

    SELF = "self"
    GUARDIAN = "guardian"


class AgeClass(StrEnum):
    """The ages between which what one may do changes."""

    UNDER_8 = "under-8"
    FROM_8 = "from-8"
    FROM_12 = "from-12"
    FROM_16 = "from-16"
    ADULT = "adult"


class GranteeKind(StrEnum):
    """Whom a grant can open something to."""

    ORGANISATION = "organisation"
    GUARDIAN = "guardian"


Groups = frozenset[str] | None
"""Groups of facts; None is all of them."""


def overlap(one: Groups, other: Groups) -> Groups:
    """The groups in both."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def union(one: Groups, other: Groups) -> Groups:
    """The groups in either."""
    return None if one is None or other is None else one | other


@dataclass(frozen=True, slots=True)
class System:
    """A service at work; with a child, for a purpose that the family can read in its log. `service`: a name, or `*` for each of them; `of`:
    whom it asks."""

    service: str
    purpose: str
    action: str
    child: bool
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Which service, what for, what, with which child if any, and of which service."""

    service: str
    purpose: str
    action: str
    child: UUID | None
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLaw:
    """One version of the table."""

    version: str
    ages: tuple[tuple[int, AgeClass], ...]
    rules: Mapping[tuple[Standing, AgeClass, Action], Groups]
    grantable: Mapping[GranteeKind, frozenset[Action]]
    systems: frozenset[System]
    names_persons: frozenset[str]
    fresh: timedelta
    usable: timedelta
    longest_grant_months: int
    own_profile_below: int
    own_version_kept: frozenset[AgeClass]
    sensitive_kept_from_self: frozenset[AgeClass]

    def age_class(self, born: date, day: date) -> AgeClass:
        """The class on that day; ages are listed from the youngest."""
        age = age_on(born, day)
        return [name for first, name in self.ages if first <= max(age, 0)][-1]

    def employs(self, errand: Errand) -> bool:
        """Whether a service may do this by itself."""
        with_child = errand.child is not None
        names = (errand.service, "*")
        return any(System(name, errand.purpose, errand.action, with_child, errand.of) in self.systems for name in names)

    def allows(self, standing: Standing, age_class: AgeClass, action: Action) -> bool:
        """Whether the table has a rule for it."""
        return (standing, age_class, action) in self.rules
