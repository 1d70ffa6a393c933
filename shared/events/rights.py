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


class OfLocalRule(Event):
    """A local rule of a municipality: which, and which version of it. What it says is read by reference."""

    topic: ClassVar = "somlos.rights.local-rule.v1"
    id_field: ClassVar = "local_rule_id"

    local_rule_id: UUID
    version: int = Field(ge=1)


class LocalRuleProposed(OfLocalRule):
    """A municipality proposes a rule of its own."""

    type_: ClassVar = "no.somlos.rights.local-rule-proposed.v1"


class LocalRulePublished(OfLocalRule):
    """Another person of the municipality has published it."""

    type_: ClassVar = "no.somlos.rights.local-rule-published.v1"


class LocalRuleWithdrawn(OfLocalRule):
    """The proposal was dropped."""

    type_: ClassVar = "no.somlos.rights.local-rule-withdrawn.v1"


class LocalRuleEnded(OfLocalRule):
    """What was published is no longer in force."""

    type_: ClassVar = "no.somlos.rights.local-rule-ended.v1"
