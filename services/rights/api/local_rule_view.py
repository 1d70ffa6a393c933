"""A local rule as it is shown, to its own municipality and to everyone."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from services.rights.api.speech import View
from services.rights.domain.local_rule import LocalRule, LocalStatus
from services.rights.store.local_rule_example import example

_PUBLISHED: dict[str, Any] = {
    "id": "0197c0de-0000-7000-8000-000000000007",
    "right_id": "ledsagerbevis",
    "organisation": "312482754",
    "municipality": "3403",
    "number": 1,
    "status": "published",
    "valid_from": "2027-01-01",
    "valid_until": None,
    "rule": example()["rule"],
}
_OWN: dict[str, Any] = {
    **_PUBLISHED,
    "version": 2,
    "proposed_by": "ola.fag",
    "proposed_at": "2026-11-24T10:00:00Z",
    "settled_by": "kari.fag",
    "settled_at": "2026-11-24T12:00:00Z",
    "warnings": [],
}


class Warned(View):
    """Something the author should know; it does not stand in the way."""

    node: str = Field(max_length=300, description="where in the rule")
    what: str = Field(max_length=1000)


class PublishedRuleView(View):
    """A published version. `number` counts the versions of this right in this municipality; of those that cover a day, the highest holds."""

    model_config = ConfigDict(json_schema_extra={"example": _PUBLISHED})

    id: UUID
    right_id: str = Field(max_length=100)
    organisation: str = Field(max_length=9)
    municipality: str = Field(max_length=4, description="municipality number (kommunenummer)")
    number: int | None
    status: LocalStatus
    valid_from: date | None = Field(description="null: always")
    valid_until: date | None = Field(description="the first day it no longer holds; null: open")
    rule: dict[str, Any] = Field(max_length=40, description="the rule as data")


class LocalRuleView(PublishedRuleView):
    """One's own, with who did what and when."""

    model_config = ConfigDict(json_schema_extra={"example": _OWN})

    version: int = Field(description="send it as If-Match with a change")
    proposed_by: str = Field(max_length=60)
    proposed_at: datetime
    settled_by: str | None = Field(max_length=60, description="who published or withdrew it")
    settled_at: datetime | None
    warnings: list[Warned] = Field(max_length=200, description="what the linter noted when it was proposed; else empty")


def view_of(rule: LocalRule, warnings: list[Warned] | None = None) -> LocalRuleView:
    """For the municipality that wrote it."""
    return LocalRuleView(
        **published_view(rule).model_dump(),
        version=rule.version,
        proposed_by=rule.proposed_by,
        proposed_at=rule.proposed_at,
        settled_by=rule.settled_by,
        settled_at=rule.settled_at,
        warnings=warnings or [],
    )


def published_view(rule: LocalRule) -> PublishedRuleView:
    """For everyone: nobody is named."""
    return PublishedRuleView(
        id=rule.id,
        right_id=rule.right_id,
        organisation=rule.organisation,
        municipality=rule.municipality,
        number=rule.number,
        status=rule.status,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        rule=json.loads(rule.content),
    )
