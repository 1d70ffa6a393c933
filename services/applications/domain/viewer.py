"""Who looks at an application, and what of it that one may see."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.applications.domain.applicant import Relation
from services.applications.domain.application import Application, Status
from services.applications.domain.form import JudgedFor
from services.applications.domain.vocabulary import About


class Role(StrEnum):
    """The one who applied, someone else who may see the child's cases, or the addressed authority."""

    APPLICANT = "applicant"
    FAMILY = "family"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Viewer:
    """One viewer of one application. `person` None: an organisation. `groups` None: all groups of facts. `closed`: shown that it is, not what it says."""

    role: Role
    person: UUID | None = None
    groups: frozenset[str] | None = None
    closed: bool = False

    def sees_answer(self, about: About, group: str) -> bool:
        """A guardian's own facts are for that guardian and the authority; the child's by what the family member may see."""
        if self.closed or self.role is not Role.FAMILY:
            return not self.closed
        return about is About.CHILD and (self.groups is None or group in self.groups)

    def sees_own_words(self, judged_for: JudgedFor) -> bool:
        """Free text and attachments: one guardian's reasons are never shown to the other."""
        if self.closed or self.role is not Role.FAMILY:
            return not self.closed
        return judged_for is JudgedFor.CHILD and self.groups is None


def viewer_of(application: Application, *, person: UUID | None, groups: frozenset[str] | None) -> Viewer:
    """How this person (None: the addressed authority) sees the application. What a youth sends in itself, the family sees exists;
    what is withdrawn, the authority sees is withdrawn."""
    if person is None:
        return Viewer(Role.AUTHORITY, closed=application.status is Status.WITHDRAWN)
    if person == application.applicant_id:
        return Viewer(Role.APPLICANT, person)
    return Viewer(Role.FAMILY, person, groups, closed=application.relation is Relation.SELF)
