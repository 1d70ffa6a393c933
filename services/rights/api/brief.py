"""The rights in a list: what a start page shows of each and what it can ask, and where the whole right is."""

from functools import cache
from typing import Any

from pydantic import Field

from services.rights.api.applying import StartView, application_view
from services.rights.api.questions import QuestionView, not_shared, questions
from services.rights.api.reasons import first_for
from services.rights.api.right_words import summary
from services.rights.api.speech import BodyView, Speech, Sureness, View, Words
from services.rights.api.verdicts import confidence, says
from services.rights.domain.answer import Answer
from services.rights.domain.answers import Answers, Reader
from services.rights.domain.rule import JudgedFor
from services.rights.domain.verdict import Verdict


class ApplicationBrief(View):
    """Whether an application is needed, and the direct way into it."""

    needed: bool
    you_may: bool = Field(description="whether this reader is among those who may apply")
    start: StartView | None = Field(
        description="the direct way in, where there is a form here and this reader may apply"
    )


class RightBrief(View):
    """One right, answered in brief. `says` is the answer in one or two sentences, uncertainty included."""

    id: str = Field(max_length=100)
    name: Words
    summary: Words
    area: str = Field(max_length=40)
    authority: BodyView
    judged_for: JudgedFor
    verdict: Verdict
    says: list[str] = Field(max_length=5)
    confidence: Sureness | None = Field(description="of a settled answer: how sure the rules are that carry it")
    only_rare: bool = Field(description="every common way is closed: probably not, unless something rare applies")
    missing: list[QuestionView] = Field(max_length=50)
    told: int = Field(ge=0, description="how many reasons for it rest on what was told; 0: on age and registers alone")
    why: Words | None = Field(description="the first reason that speaks for it, a told one before age and registers")
    discreet: bool = Field(
        description="all that would show that it concerns the family is sensitive, and none of it is told: list it, and do not put it forward"
    )
    application: ApplicationBrief
    catalog: str = Field(max_length=200, description="the right as a service description, with its sources")
    href: str = Field(max_length=200, description="the whole right: reasons, law, amounts, how to apply and complain")


def right_brief(answer: Answer, answers: Answers, reader: Reader, speech: Speech) -> RightBrief:
    """The answer in brief."""
    right_id, missing = answer.rule.id, questions(answer, answers, reader, speech)
    way = application_view(right_id, answers, reader, speech)
    return RightBrief(
        **_card(right_id, speech),
        verdict=answer.judgement.verdict,
        says=says(answer, speech, asks=bool(missing), shut=bool(not_shared(answer, reader, speech))),
        confidence=confidence(answer),
        only_rare=answer.judgement.only_rare,
        missing=missing,
        told=answer.told,
        discreet=answer.discreet,
        why=first_for(answer, answers.situation, speech),
        application=ApplicationBrief(needed=way.needed, you_may=way.you_may, start=way.start),
        href=f"/rights/v1/children/{answers.child_id}/rights/{right_id}",
    )


@cache
def _card(right_id: str, speech: Speech) -> dict[str, Any]:
    """What is the same for everyone."""
    right = speech.book.rights[right_id]
    return {
        "id": right.id,
        "name": speech.words(right.name),
        "summary": summary(right_id, speech),
        "area": right.area,
        "authority": speech.body(right.authority),
        "judged_for": right.judged_for,
        "catalog": f"/catalog/v1/services/{right.id}",
    }
