"""The rights of a child, and of the guardian who asks, answered now for today in Oslo."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from services.rights.api.brief import RightBrief, right_brief
from services.rights.api.examples import ONE_RIGHT, RIGHTS
from services.rights.api.readers import AnswerAt, BasedOn, answer_at, based_on, reader_of, speech_to
from services.rights.api.rights import RightView, right_view
from services.rights.api.speech import View
from services.rights.domain.errors import UnknownRight
from services.rights.domain.verdict import Verdict
from services.rights.features.answer_child import answer_child
from shared.auth.dependencies import Citizen
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.web import Db, Language, Slug

router = APIRouter(prefix="/rights/v1/children", tags=["rights"])

Verdicts = Annotated[
    tuple[Verdict, ...], Query(max_length=len(Verdict), description="only these verdicts; may be repeated")
]


class RightsView(View):
    """Every right in brief: the likely ones first, and before the others what the family has told about."""

    model_config = ConfigDict(json_schema_extra={"example": RIGHTS})

    child_id: str = Field(max_length=40)
    on: date = Field(description="the day in Europe/Oslo that all is answered for")
    based_on: BasedOn
    says: str | None = Field(max_length=500, description="what is left out of the list, if anything is")
    answer_at: AnswerAt
    rights: list[RightBrief] = Field(max_length=500)


class OneRightView(View):
    """One right."""

    model_config = ConfigDict(json_schema_extra={"example": ONE_RIGHT})

    child_id: str = Field(max_length=40)
    on: date
    based_on: BasedOn
    answer_at: AnswerAt
    right: RightView


@router.get(
    "/{child_id}",
    summary="The rights of a child",
    response_model=RightsView,
    responses=kept_responses(400, 401, 403, 404, 422, 503),
)
async def read_rights(
    child_id: UUID,
    caller: Citizen,
    database: Db,
    lang: Language,
    verdict: Verdicts = (),
    if_none_match: IfNoneMatch = None,
) -> Response:
    """What the child, and you as guardian, may have a right to: why, what is missing, and the way to each. Your own work and income are seen by you alone."""
    reader = reader_of(child_id, caller)
    async with database.begin(caller) as tx:
        answers = await answer_child(tx, child_id, reader)
    speech = speech_to(reader, lang)
    shown = [each for each in answers.to_show() if each.judgement.verdict in (verdict or Verdict)]
    view = RightsView(
        child_id=str(child_id),
        on=answers.on,
        based_on=based_on(answers),
        says=speech.texts.set_aside.in_(lang) if answers.child_has_died else None,
        answer_at=answer_at(child_id),
        rights=[right_brief(each, answers, reader, speech) for each in shown],
    )
    return conditional(Kept.of(view), lang, if_none_match)


@router.get(
    "/{child_id}/rights/{right_id}",
    summary="One right of a child",
    response_model=OneRightView,
    responses=kept_responses(400, 401, 403, 404, 422, 503),
)
async def read_right(
    child_id: UUID, right_id: Slug, caller: Citizen, database: Db, lang: Language, if_none_match: IfNoneMatch = None
) -> Response:
    """One whole right, answered for the child or for you as guardian: every reason with its law, the amounts of the day, how to apply and to complain."""
    reader = reader_of(child_id, caller)
    async with database.begin(caller) as tx:
        answers = await answer_child(tx, child_id, reader)
    found = next((each for each in answers.answers if each.rule.id == right_id), None)
    if found is None:
        raise UnknownRight
    view = OneRightView(
        child_id=str(child_id),
        on=answers.on,
        based_on=based_on(answers),
        answer_at=answer_at(child_id),
        right=right_view(found, answers, reader, speech_to(reader, lang)),
    )
    return conditional(Kept.of(view), lang, if_none_match)
