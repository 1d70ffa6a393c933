"""The vocabulary: what an evaluation can be told, with the questions that ask for it, to a parent and to the youth."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from services.rights.api.speech import View
from services.rights.api.told_facts import can_be_told
from services.rights.domain.fact import Origin, Subject, Type
from services.rights.store.facts import FactFile
from services.rights.store.rulebook import rulebook
from services.rights.store.trees import NodeFile
from shared.auth.dependencies import Anyone
from shared.conditional import PUBLIC, IfNoneMatch, Kept, conditional, kept_responses
from shared.texts import Text
from shared.web import Language

router = APIRouter(prefix="/rights/v1/facts", tags=["rights"])
_EXAMPLE: Any = {
    "id": "rare_diagnosis",
    "subject": "child",
    "type": "boolean",
    "group": "health",
    "from": "told",
    "can_be_told": True,
    "meaning": "Sjelden diagnose eller sjelden tilstand.",
    "questions": {
        "parent": {
            "nb": "Har barnet en sjelden diagnose eller tilstand?",
            "nn": "Har barnet ein sjeldan diagnose eller tilstand?",
            "en": "Does the child have a rare diagnosis or condition?",
        },
        "youth": {"nb": "Har du en sjelden diagnose eller tilstand?"},
    },
    "sensitive": False,
}


class ValueView(View):
    """One value of an enum or set, and what it is called."""

    value: str = Field(max_length=100)
    label: Text


class QuestionsView(View):
    """The same question to two readers. `youth` is null where the youth is not asked: the parents answer that one."""

    parent: Text
    youth: Text | None = None


class FactView(View):
    """One fact. `can_be_told`: an evaluation takes it. Texts that are missing in nn or en are not written yet: show nb."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE}, populate_by_name=True)

    id: str = Field(max_length=100)
    subject: Subject = Field(
        description="child, guardian, relation (a guardian and the child), household (a guardian's home) or case"
    )
    type: Type
    group: str = Field(max_length=40)
    origin: Origin = Field(alias="from", description="derived: works itself out from `derived_from`, is never told")
    can_be_told: bool
    meaning: str = Field(max_length=1000)
    values: list[ValueView] | None = Field(default=None, max_length=100)
    unit: str | None = Field(default=None, max_length=40)
    minimum: int | float | None = Field(default=None, alias="min", description="included")
    maximum: int | float | None = Field(default=None, alias="max", description="included")
    derived_from: list[str] | None = Field(default=None, max_length=20)
    questions: QuestionsView | None = Field(default=None, description="null: nobody is asked")
    sensitive: bool = Field(default=False, description="hard to be asked: never the first question")
    ask_when: list[dict[str, Any]] | None = Field(
        default=None, description="ask only when all of these are true", max_length=20
    )


class FactsView(View):
    """The whole vocabulary."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_EXAMPLE]}})

    items: list[FactView] = Field(max_length=1000)


@router.get("", summary="Every fact that the rules look at", response_model=FactsView, responses=kept_responses(400))
async def list_facts(caller: Anyone, lang: Language, if_none_match: IfNoneMatch = None) -> Response:
    """The vocabulary: types, choices and limits, and each question as a parent and as the youth is asked it. "Vet ikke" is always an answer."""
    return conditional(_kept(), lang, if_none_match, cache=PUBLIC)


@cache
def _kept() -> Kept:
    views = [_view(fact_id, fact) for fact_id, fact in rulebook().facts.items()]
    return Kept.of(FactsView(items=views), exclude_none=True)


def _view(fact_id: str, fact: FactFile) -> FactView:
    return FactView(
        id=fact_id,
        subject=fact.subject,
        type=fact.type,
        group=fact.group,
        origin=fact.origin,
        can_be_told=can_be_told(fact_id, fact),
        meaning=fact.meaning,
        values=[ValueView(value=value, label=label) for value, label in fact.labels.items()] or None,
        unit=fact.unit,
        minimum=fact.min,
        maximum=fact.max,
        derived_from=fact.derived_from or None,
        questions=QuestionsView(parent=fact.question, youth=fact.question_youth) if fact.question else None,
        sensitive=fact.sensitive,
        ask_when=[_guard(guard) for guard in fact.ask_when] or None,
    )


def _guard(guard: NodeFile) -> dict[str, Any]:
    return guard.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
