"""What the rights service tells."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.events.envelope import Event


class RightsChanged(Event):
    """At least one answer of an assessment changed; which, is read by reference."""

    type_: ClassVar = "no.somlos.rights.changed.v1"
    topic: ClassVar = "somlos.rights.assessment.v1"
    id_field: ClassVar = "assessment_id"
    key_field: ClassVar = "child_id"

    assessment_id: UUID
    child_id: UUID
    version: int = Field(ge=1)
