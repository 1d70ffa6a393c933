"""What the mapping service tells: profiles, grants and erasures."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.events.envelope import Event


class ProfileUpdated(Event):
    """A child's profile has a new version; what changed is read by reference."""

    type_: ClassVar = "no.somlos.profile.updated.v1"
    topic: ClassVar = "somlos.mapping.profile.v1"
    id_field: ClassVar = "child_id"

    child_id: UUID
    version: int = Field(ge=1)


class GrantGiven(Event):
    """A family has let an organisation see a part of what it has told."""

    type_: ClassVar = "no.somlos.grant.given.v1"
    topic: ClassVar = "somlos.mapping.grant.v1"
    id_field: ClassVar = "grant_id"

    grant_id: UUID
    child_id: UUID
    version: int = Field(ge=1)


class GrantWithdrawn(Event):
    """A grant has ended before its time."""

    type_: ClassVar = "no.somlos.grant.withdrawn.v1"
    topic: ClassVar = "somlos.mapping.grant.v1"
    id_field: ClassVar = "grant_id"

    grant_id: UUID
    child_id: UUID
    version: int = Field(ge=1)


class PersonErased(Event):
    """A person is to be forgotten: every service destroys its key of the person and deletes what no one must keep."""

    type_: ClassVar = "no.somlos.person.erased.v1"
    topic: ClassVar = "somlos.mapping.person.v1"
    id_field: ClassVar = "erasure_id"
    key_field: ClassVar = "person_id"
    single: ClassVar = True

    erasure_id: UUID
    person_id: UUID
    erased_at: datetime
