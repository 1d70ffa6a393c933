"""Who reads a profile, and what that reader is shown of guardians and homes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.mapping.domain.access import Allowed, Child, Citizen, age_class_of, decide, opened_by
from services.mapping.domain.grant import Grant
from services.mapping.domain.law import AccessLaw, Action, Groups
from services.mapping.domain.reading import Reader
from shared.dates import oslo_day


def citizen(person: UUID, child: Child, groups: Groups, *, at: datetime, law: AccessLaw) -> Reader:
    """A guardian sees its own facts and its home's, never the other guardian's; the child sees what is about itself."""
    if person == child.id:
        keeps = age_class_of(child, at, law) in law.sensitive_kept_from_self
        return Reader(person=person, child_groups=groups, guardians={}, own_version=True, keeps_sensitive=keeps)
    return Reader(person=person, child_groups=groups, guardians={person: None})


def organisation(
    child: Child, grants: Iterable[Grant], groups: Groups, *, action: Action, at: datetime, law: AccessLaw
) -> Reader:
    """An organisation sees, of the guardians, only those who gave it a grant, in the groups of that grant."""
    givers: dict[UUID, Groups] = {}
    for grant in grants:
        if grant.opens(action, oslo_day(at)) and grant.giver != child.id:
            givers[grant.giver] = opened_by(grant, child, at=at, law=law)
    return Reader(person=None, child_groups=groups, guardians=givers)


def system(child: Child, adults: Iterable[UUID], *, at: datetime, law: AccessLaw) -> Reader:
    """A service at work sees all, and the guardians who may see the child's rights themselves."""
    may = {
        adult
        for adult in adults
        if isinstance(decide(Citizen(adult), child, action=Action.RIGHTS_READ, purpose=None, at=at, law=law), Allowed)
    }
    return Reader(person=None, child_groups=None, guardians=dict.fromkeys(sorted(may)))
