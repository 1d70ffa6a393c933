"""The rights of a child, and of the guardian who asks, answered now for today in Oslo."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from services.rights.api.brief import RightBrief, right_brief
from services.rights.api.examples import ONE_RIGHT, RIGHTS
from services.rights.api.rights import RightView, right_view
from services.rights.api.speech import Speech, View, speech_in
from services.rights.domain.answers import Answers, Reader
from services.rights.domain.errors import UnknownRight
from services.rights.domain.verdict import Verdict
from services.rights.features.answer_child import answer_child
from shared.auth.dependencies import Citizen
from shared.auth.principals import Principal
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.texts import Lang
from shared.web import Db, Language, Slug

router = APIRouter(prefix="/rights/v1/children", tags=["rights"])
READ = "rights.read"
_SELF, _GUARDIAN = "self", "guardian"

Verdicts = Annotated[
    tuple[Verdict, ...], Query(max_length=len(Verdict), description="only these verdicts; may be repeated")
]


class BasedOn(View):
    """What the answers rest on. Who has changed the profile waits until its version stands here."""

    profile_version: int = Field(ge=0, description="0: no profile has arrived yet, nothing is known")
    as_of: datetime | None
    told: bool = Field(description="whether anything is told, by you or others; false: they rest on age and registers")


class AnswerAt(View):
    """Where a missing fact is told: `{"facts": [{"fact": …, "state": "known", "value": …}]}` with If-Match."""

    method: str = "PATCH"
    href: str = Field(max_length=200)


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
    reader = _reader(child_id, caller)
    async with database.begin(caller) as tx:
        answers = await answer_child(tx, child_id, reader)
    speech = _speech(reader, lang)
    shown = [each for each in answers.to_show() if each.judgement.verdict in (verdict or Verdict)]
    view = RightsView(
        child_id=str(child_id),
        on=answers.on,
        based_on=_based_on(answers),
        says=speech.texts.set_aside.in_(lang) if answers.child_has_died else None,
        answer_at=_answer_at(child_id),
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
    reader = _reader(child_id, caller)
    async with database.begin(caller) as tx:
        answers = await answer_child(tx, child_id, reader)
    found = next((each for each in answers.answers if each.rule.id == right_id), None)
    if found is None:
        raise UnknownRight
    view = OneRightView(
        child_id=str(child_id),
        on=answers.on,
        based_on=_based_on(answers),
        answer_at=_answer_at(child_id),
        right=right_view(found, answers, reader, _speech(reader, lang)),
    )
    return conditional(Kept.of(view), lang, if_none_match)


def _reader(child: UUID, caller: Principal) -> Reader:
    """Raises NotFound when the token does not cover the child."""
    subject = caller.covers(child, READ)
    return Reader(None if subject.ground == _SELF else caller.person, subject.groups, subject.ground == _GUARDIAN)


def _speech(reader: Reader, lang: Lang) -> Speech:
    return speech_in(lang, to_youth=reader.applicant is None)


def _based_on(answers: Answers) -> BasedOn:
    return BasedOn(profile_version=answers.profile_version, as_of=answers.as_of, told=answers.told)


def _answer_at(child: UUID) -> AnswerAt:
    return AnswerAt(href=f"/mapping/v1/children/{child}/profile")
