"""What was answered before, done again to the same bytes."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from services.rights.api.readers import reader_of
from services.rights.api.speech import Sureness, View
from services.rights.api.timeline_example import EVALUATION, REPLAY
from services.rights.domain.evaluation import Evaluation
from services.rights.domain.verdict import Verdict
from services.rights.features.list_evaluations import list_evaluations
from services.rights.features.replay_evaluation import replay_evaluation
from shared.auth.dependencies import Citizen
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.problems import responses
from shared.web import Cursor, Db, Language, Page, PageLimit, decode_cursor, encode_cursor

router = APIRouter(prefix="/rights/v1/children", tags=["rights"])
_NEWEST = UUID(int=2**128 - 1)


class EvaluationView(View):
    """Once the rights were answered, of the child or of you as guardian: for which day, with what was known when, and by which rules."""

    model_config = ConfigDict(json_schema_extra={"example": EVALUATION})

    id: str = Field(max_length=40)
    of: Literal["child", "you"]
    profile_version: int = Field(gt=0)
    law_on: date = Field(description="the day whose law was used")
    known_at: datetime = Field(description="what was known by then was used")
    rules: str = Field(max_length=64, description="tells these rules from all others")
    engine: str = Field(max_length=20)
    sha256: str = Field(max_length=64, description="of the bytes that were answered")
    href: str = Field(max_length=200)


class AnsweredView(View):
    """One right as it was answered. `decided_by`: the conditions that decided, by their ids in the rule, and how each came out."""

    right: str = Field(max_length=100)
    verdict: Verdict
    missing: list[str] = Field(max_length=100)
    from_register: list[str] = Field(max_length=100)
    only_rare: bool
    confidence: Sureness | None
    stale: list[str] = Field(max_length=50, description="rates that were not verified for the day")
    decided_by: list[str] = Field(max_length=200)


class ReplayView(View):
    """An evaluation done again."""

    model_config = ConfigDict(json_schema_extra={"example": REPLAY})

    child_id: str = Field(max_length=40)
    evaluation: EvaluationView
    reproduced: bool = Field(description="whether the bytes that come out now are those of then")
    rights: list[AnsweredView] | None = Field(
        max_length=500, description="null: the rules of then cannot be read by this version"
    )


@router.get(
    "/{child_id}/evaluations", summary="What was answered before", responses=responses(400, 401, 403, 404, 422, 503)
)
async def read_evaluations(
    child_id: UUID, caller: Citizen, database: Db, limit: PageLimit = 20, cursor: Cursor = None
) -> Page[EvaluationView]:
    """Each time an answer changed, newest first. Empty for who may not see all that was known."""
    reader = reader_of(child_id, caller)
    before = decode_cursor(cursor, UUID)[0] if cursor else _NEWEST
    async with database.begin(caller) as tx:
        found = await list_evaluations(tx, child_id, reader, before=before, limit=limit + 1)
    shown = found[:limit]
    following = encode_cursor(str(shown[-1].id)) if len(found) > limit else None
    return Page(items=[_evaluation(each) for each in shown], next=following)


@router.get(
    "/{child_id}/evaluations/{evaluation_id}",
    summary="An earlier answer, done again",
    response_model=ReplayView,
    responses=kept_responses(400, 401, 403, 404, 422, 503),
)
async def read_evaluation(
    child_id: UUID,
    evaluation_id: UUID,
    caller: Citizen,
    database: Db,
    lang: Language,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """By the rules of then, for the day of then, with what was known then. `reproduced` says whether it is the very same answer."""
    reader = reader_of(child_id, caller)
    async with database.begin(caller) as tx:
        again = await replay_evaluation(tx, child_id, evaluation_id, reader)
    answers = again.answers
    view = ReplayView(
        child_id=str(child_id),
        evaluation=_evaluation(again.evaluation),
        reproduced=again.is_same,
        rights=None if answers is None else [AnsweredView.model_validate(each) for each in answers],
    )
    return conditional(Kept.of(view), lang, if_none_match)


def _evaluation(each: Evaluation) -> EvaluationView:
    return EvaluationView(
        id=str(each.id),
        of="child" if each.applicant_id is None else "you",
        profile_version=each.profile_version,
        law_on=each.law_on,
        known_at=each.known_at,
        rules=each.pack,
        engine=each.engine,
        sha256=each.sha256.hex(),
        href=f"/rights/v1/children/{each.child_id}/evaluations/{each.id}",
    )
