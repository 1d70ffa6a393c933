"""Who is calling, and which persons the caller may touch in this one request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from shared.domain import NotFound


class Kind(StrEnum):
    """What the caller is; it comes from the issuer's profile, never from which claims exist."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    MACHINE = "machine"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Subject:
    """One person the caller may touch: on what ground, and which groups of facts (None: all)."""

    ground: str
    groups: frozenset[str] | None = None
    alias: str | None = None
    protected: bool = False

    def sees(self, group: str) -> bool:
        """Whether facts of the group may be shown."""
        return self.groups is None or group in self.groups


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller as the internal token states it. `id`: a citizen's inner person id, an organisation number, or a
    service's name. `law_version`: of the table by which mapping decided on `subjects`."""

    kind: Kind
    id: str
    org: str | None = None
    scopes: frozenset[str] = frozenset()
    purpose: str | None = None
    action: str | None = None
    subjects: Mapping[UUID, Subject] = field(default_factory=dict)
    service: str | None = None
    law_version: str | None = None

    @property
    def person(self) -> UUID:
        """The citizen's own inner id. Raises NotFound for anyone else."""
        if self.kind is not Kind.CITIZEN:
            raise NotFound
        return UUID(self.id)

    def covers(self, child: UUID, action: str) -> Subject:
        """The ground on which the caller may do this with the child. Raises NotFound when the token does not cover it."""
        subject = self.subjects.get(child)
        if subject is None or self.action != action:
            raise NotFound
        return subject

    def shown(self, child: UUID) -> str:
        """How this caller knows the child: an organisation by its own pseudonym, others by the id."""
        subject = self.subjects.get(child)
        return subject.alias if subject and subject.alias else str(child)


PUBLIC = Principal(Kind.PUBLIC, "public")


def worker(service: str) -> Principal:
    """The service itself, at work without a caller."""
    return Principal(Kind.WORKER, service, service=service)
