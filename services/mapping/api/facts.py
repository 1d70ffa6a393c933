"""The vocabulary with its questions, open to all."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from services.mapping.domain.facts import FactSubject, FactType, Origin
from services.mapping.store.vocabulary import FactEntry, entries
from shared.auth.dependencies import Anyone
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.texts import Text
from shared.web import Language

router = APIRouter(prefix="/mapping/v1/facts", tags=["facts"])
_CACHE = "public, max-age=3600"


class Choice(BaseModel):
    """One value of an enum or set, and what it is called."""

    value: str = Field(max_length=100)
    label: Text


_EXAMPLE: Any = {
    "id": "rare_diagnosis",
    "subject": "child",
    "type": "boolean",
    "group": "health",
    "from": "told",
    "meaning": "Sjelden diagnose eller sjelden tilstand.",
    "question": {
        "nb": "Har barnet en sjelden diagnose eller tilstand?",
        "nn": "Har barnet ein sjeldan diagnose eller tilstand?",
        "en": "Does the child have a rare diagnosis or condition?",
    },
    "sensitive": False,
}


class FactView(BaseModel):
    """One fact that can be told, asked for or looked up. Texts that are null in nn or en are not written yet: show nb."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE}, populate_by_name=True)

    id: str = Field(max_length=100)
    subject: FactSubject = Field(
        description="child, guardian, relation (a guardian and the child), household (a guardian's home) or case"
    )
    type: FactType
    group: str = Field(description="what a grant names", max_length=40)
    origin: Origin = Field(alias="from", description="told: can be told in the profile; others never")
    meaning: str = Field(max_length=1000)
    values: list[Choice] | None = Field(default=None, max_length=100)
    unit: str | None = Field(default=None, max_length=40)
    minimum: float | None = Field(default=None, alias="min")
    maximum: float | None = Field(default=None, alias="max")
    derived_from: list[str] | None = Field(default=None, max_length=20)
    question: Text | None = None
    question_youth: Text | None = Field(default=None, description="the same, to the youth itself")
    sensitive: bool = Field(default=False, description="hard to be asked: never the first question")
    ask_when: list[dict[str, Any]] | None = Field(
        default=None, description="ask only when all of these are true", max_length=20
    )


class FactList(BaseModel):
    """The whole vocabulary."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_EXAMPLE]}})

    items: list[FactView] = Field(max_length=1000)


@router.get(
    "",
    summary="Everything that can be told, and how it is asked",
    response_model=FactList,
    responses=kept_responses(503),
)
async def list_facts(caller: Anyone, lang: Language, if_none_match: IfNoneMatch = None) -> Response:
    """The vocabulary of facts with questions in nb, nn and en. Answer each with a value, or "vet ikke" (state not_known)."""
    return conditional(_kept(), lang, if_none_match, cache=_CACHE)


@cache
def _kept() -> Kept:
    return Kept.of(FactList(items=[_view(fact_id, entry) for fact_id, entry in entries().items()]), exclude_none=True)


def _view(fact_id: str, entry: FactEntry) -> FactView:
    return FactView(
        id=fact_id,
        subject=entry.subject,
        type=entry.type,
        group=entry.group,
        origin=entry.origin,
        meaning=entry.meaning,
        values=[Choice(value=value, label=entry.labels[value]) for value in entry.values] or None,
        unit=entry.unit,
        minimum=entry.minimum,
        maximum=entry.maximum,
        derived_from=list(entry.derived_from) or None,
        question=entry.question,
        question_youth=entry.question_youth,
        sensitive=entry.sensitive,
        ask_when=list(entry.ask_when) or None,
    )
