"""Every right for facts that somebody tells once, without a login: nothing is stored, logged or counted."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import ConfigDict, Field

from services.rights.api.applying import StartView, way_in
from services.rights.api.because import SCHEMA, BecauseView, ChangeView, changes, everything, tree
from services.rights.api.examples import EVALUATION
from services.rights.api.explained import ExplainedView, explained
from services.rights.api.next_questions import NextQuestionView
from services.rights.api.questions import question
from services.rights.api.right_words import summary
from services.rights.api.speech import Speech, Sureness, View, Words, speech_in
from services.rights.api.told_body import ToldBody
from services.rights.api.told_facts import given
from services.rights.api.verdicts import said_of
from services.rights.domain.next_question import NextQuestion
from services.rights.domain.rule import Rule
from services.rights.domain.verdict import Judgement, Verdict
from services.rights.features.evaluate_facts import MOST_QUESTIONS, evaluate_facts
from services.rights.store.rulebook import rulebook
from shared.auth.dependencies import Anyone
from shared.clock import Clock
from shared.conditional import unkept
from shared.dates import oslo_day
from shared.domain import FieldFault
from shared.problems import Malformed, responses
from shared.web import Language, Slug

router = APIRouter(prefix="/rights/v1/evaluations", tags=["rights"])
MOST_NAMED = 20
Explain = Annotated[bool, Query(description="false: without `because` and `would_change`, a quarter of the size")]
To = Annotated[Literal["parent", "youth"], Query(description="who reads: a parent, or the youth itself (13–20)")]
Named = Annotated[
    tuple[Slug, ...],
    Query(max_length=MOST_NAMED, description="only these rights, each explained in words too; may be repeated"),
]


class WayView(View):
    """Whether an application is needed, and the direct way into it."""

    needed: bool
    form: str | None = Field(max_length=300)
    start: StartView | None = Field(description="the direct way in, where there is a form here; it takes a login")


class EvaluatedRightView(View):
    """One right. `says` is the answer in one or two sentences, uncertainty included."""

    id: str = Field(max_length=100)
    name: Words
    summary: Words
    verdict: Verdict
    says: list[str] = Field(max_length=5)
    confidence: Sureness | None = Field(description="of a settled answer: how sure the rules are that carry it")
    only_rare: bool = Field(description="every common way is closed: probably not, unless something rare applies")
    stale: list[str] = Field(max_length=20, description="rates it rests on that were not checked for the day")
    missing: list[str] = Field(max_length=100, description="the facts that the outcome hangs on, by id")
    from_register: list[str] = Field(max_length=20, description="those that only a register can answer")
    because: BecauseView | None = Field(default=None, description="the deciding part of the rule")
    would_change: list[ChangeView] = Field(
        default=[], max_length=100, description="the conditions that together would change the outcome"
    )
    explained: ExplainedView | None = Field(default=None, description="the same in words, of rights asked for by name")
    rule: str = Field(max_length=200, description="the whole rule, as data and as text")
    catalog: str = Field(max_length=200, description="the right as a service description, with its sources")
    application: WayView


class EvaluatedView(View):
    """Every right that exists on the day, the likely ones first."""

    model_config = ConfigDict(json_schema_extra={"example": EVALUATION})

    at: date
    because_schema: str = Field(max_length=100, description="where the JSON schema of `because` is")
    rights: list[EvaluatedRightView] = Field(max_length=500)
    next_questions: list[NextQuestionView] = Field(max_length=MOST_QUESTIONS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the answer is wanted."""

    explain: bool
    only: frozenset[str]
    to_youth: bool


async def _wanted(explain: Explain = True, right: Named = (), to: To = "parent") -> Wanted:
    if not rulebook().rights.keys() >= {*right}:
        raise Malformed(FieldFault("right", "unknown-right", "the id of a rule, GET /rights/v1/rules"))
    return Wanted(explain, frozenset(right), to == "youth")


@router.post(
    "",
    summary="Which rights do these facts give? Nothing is stored",
    response_model=EvaluatedView,
    responses=responses(400, 422),
    openapi_extra={"x-only-asks": True},
)
async def evaluate(
    body: ToldBody, caller: Anyone, request: Request, lang: Language, wanted: Annotated[Wanted, Depends(_wanted)]
) -> Response:
    """A question, not a creation: no login, nothing is kept, and the same facts give the same answer, so it takes no Idempotency-Key."""
    clock: Clock = request.app.state.clock
    speech, today = speech_in(lang, to_youth=wanted.to_youth), oslo_day(clock.now())
    told = given(body.at, body.facts, body.not_known, today=today, book=speech.book)
    found = evaluate_facts(
        told.known,
        told.on,
        not_known=told.not_known,
        only=wanted.only,
        may_answer=lambda fact: speech.question(speech.book.facts[fact.id]) is not None,
    )
    answer = {
        "at": found.situation.on,
        "because_schema": SCHEMA,
        "rights": [_right(rule, judgement, speech, wanted) for rule, judgement in found.judged],
        "next_questions": [_next(each, found.discreet, speech) for each in found.ask],
    }
    return unkept(answer, lang)


def _right(rule: Rule, judgement: Judgement, speech: Speech, wanted: Wanted) -> dict[str, Any]:
    said = {
        **_card(rule.id, speech),
        "verdict": judgement.verdict.value,
        "says": said_of(rule, judgement, speech),
        "confidence": None if judgement.confidence is None else judgement.confidence.label,
        "only_rare": judgement.only_rare,
        "stale": sorted(judgement.stale),
        "missing": sorted(judgement.missing),
        "from_register": sorted(judgement.from_register),
    }
    if wanted.explain:
        because = judgement.because
        said["because"] = tree(because, everything, speech.book.vocabulary)
        said["would_change"] = changes(judgement.would_change)
        if wanted.only:
            said["explained"] = explained(because, everything, speech).model_dump(mode="json")
    return said


@cache
def _card(right_id: str, speech: Speech) -> dict[str, Any]:
    """What is the same for everyone."""
    right, start = speech.book.rights[right_id], way_in(right_id, speech)
    return {
        "id": right_id,
        "name": speech.words(right.name).model_dump(mode="json"),
        "summary": summary(right_id, speech).model_dump(mode="json"),
        "rule": f"/rights/v1/rules/{right_id}",
        "catalog": f"/catalog/v1/services/{right_id}",
        "application": {
            "needed": right.application.needed,
            "form": right.application.form,
            "start": start.model_dump(mode="json") if start else None,
        },
    }


def _next(asked: NextQuestion, discreet: Set[str], speech: Speech) -> dict[str, Any]:
    hangs_on = [{**_named(each, speech), "discreet": each in discreet} for each in asked.rights]
    return {**_question(asked.fact, speech), "together": asked.together, "rights": hangs_on}


@cache
def _named(right_id: str, speech: Speech) -> dict[str, Any]:
    return {"id": right_id, "name": speech.words(speech.book.rights[right_id].name).model_dump(mode="json")}


@cache
def _question(fact_id: str, speech: Speech) -> dict[str, Any]:
    return question(fact_id, speech, differ=False).model_dump(mode="json")
