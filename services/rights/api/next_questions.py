"""What to ask next, over all rights of a child: the question that settles most, first."""

from collections.abc import Iterable, Set
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from services.rights.api.examples import NEXT_QUESTIONS
from services.rights.api.questions import QuestionView, question
from services.rights.api.readers import AnswerAt, BasedOn, answer_at, based_on, reader_of, speech_to
from services.rights.api.speech import Speech, View, Words
from services.rights.domain.answers import Answers, Reader
from services.rights.domain.next_question import NextQuestion, next_questions
from services.rights.features.answer_child import answer_child
from services.rights.store.questions import weights
from shared.auth.dependencies import Citizen
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.web import Db, Language

router = APIRouter(prefix="/rights/v1/children", tags=["rights"])
MOST = 50
Limit = Annotated[int, Query(ge=1, le=MOST, description="how many questions at most")]


class HangsOnView(View):
    """A right that hangs on the answer."""

    id: str = Field(max_length=100)
    name: Words
    discreet: bool = Field(description="all that would show that it concerns the family is sensitive: do not name it")


class NextQuestionView(QuestionView):
    """A fact to ask for next. `together`: the others in this answer that belong on one page with it, as ids of facts."""

    together: list[str] = Field(max_length=MOST)
    rights: list[HangsOnView] = Field(max_length=500)


class NextQuestionsView(View):
    """The best question first. After an answer the order may be another: ask again. None left: nothing that can be asked changes an answer."""

    model_config = ConfigDict(json_schema_extra={"example": NEXT_QUESTIONS})

    child_id: str = Field(max_length=40)
    on: date = Field(description="the day in Europe/Oslo that all is answered for")
    based_on: BasedOn
    answer_at: AnswerAt
    questions: list[NextQuestionView] = Field(max_length=MOST)


@router.get(
    "/{child_id}/next-questions",
    summary="What to ask next",
    response_model=NextQuestionsView,
    responses=kept_responses(400, 401, 403, 404, 422, 503),
)
async def read_next_questions(
    child_id: UUID,
    caller: Citizen,
    database: Db,
    lang: Language,
    limit: Limit = 10,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The questions worth asking now, each with the rights that hang on it: only what you may see and answer, in words for you. What was asked and not known is not asked again."""
    reader = reader_of(child_id, caller)
    async with database.begin(caller) as tx:
        answers = await answer_child(tx, child_id, reader)
    speech = speech_to(reader, lang)
    view = NextQuestionsView(
        child_id=str(child_id),
        on=answers.on,
        based_on=based_on(answers),
        answer_at=answer_at(child_id),
        questions=next_question_views(
            _found(answers, reader, speech, limit),
            speech,
            conflicts=answers.conflicts,
            discreet=frozenset(each.rule.id for each in answers.answers if each.discreet),
        ),
    )
    return conditional(Kept.of(view), lang, if_none_match)


def next_question_views(
    found: Iterable[NextQuestion], speech: Speech, *, conflicts: Set[str], discreet: Set[str]
) -> list[NextQuestionView]:
    """The questions in words. `conflicts`: facts with answers that differ; `discreet`: rights that nobody is met by."""
    return [
        NextQuestionView(
            **dict(question(each.fact, speech, differ=each.fact in conflicts)),
            together=list(each.together),
            rights=[_hangs_on(right, speech, discreet=right in discreet) for right in each.rights],
        )
        for each in found
    ]


def _hangs_on(right_id: str, speech: Speech, *, discreet: bool) -> HangsOnView:
    return HangsOnView(id=right_id, name=speech.words(speech.book.rights[right_id].name), discreet=discreet)


def _found(answers: Answers, reader: Reader, speech: Speech, limit: int) -> tuple[NextQuestion, ...]:
    facts = speech.book.facts
    return next_questions(
        [(each.rule, each.judgement) for each in answers.to_show()],
        answers.situation,
        speech.book.vocabulary,
        weights(),
        limit=limit,
        may_answer=lambda fact: reader.sees(fact) and speech.question(facts[fact.id]) is not None,
    )
