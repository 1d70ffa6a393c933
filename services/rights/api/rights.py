"""One whole right as a person is told of it: the verdict, why, what is missing, the way to it, and what comes after."""

from functools import cache
from typing import Any

from pydantic import Field

from services.rights.api.amounts import AmountView, RateView, amount_views, rate_view
from services.rights.api.applying import ApplicationView, ComplaintView, application_view, complaint_view
from services.rights.api.because import SCHEMA, BecauseView, ChangeView, changes, tree
from services.rights.api.explained import ExplainedView, explained
from services.rights.api.questions import QuestionView, RegisterFactView, from_register, not_shared, questions
from services.rights.api.reasons import AssessmentView, ReasonView, reasons, to_be_assessed
from services.rights.api.right_words import effect, summary
from services.rights.api.speech import BodyView, Speech, Sureness, View, Words
from services.rights.api.verdicts import confidence, says
from services.rights.domain.answer import Answer
from services.rights.domain.answers import Answers, Reader
from services.rights.domain.rule import JudgedFor
from services.rights.domain.verdict import Verdict
from services.rights.store.rights import RightFile, TransitionFile


class ActView(View):
    """An act that the right rests on, and whether the sections were read."""

    act: str = Field(max_length=300)
    ref: str = Field(max_length=100)
    sections: list[str] = Field(max_length=50)
    read: bool | str


class TransitionView(View):
    """What changes at an age."""

    at_age: int
    falls: str = Field(max_length=40)
    effect: Words
    confidence: Sureness


class LinksView(View):
    """Other rights that this one touches, by id."""

    gives_access_to: list[str] = Field(max_length=50)
    excludes: list[str] = Field(max_length=50)
    reduces: list[str] = Field(max_length=50)
    before: list[str] = Field(max_length=50)
    see_also: list[str] = Field(max_length=50)


class RightView(View):
    """One right, answered. `says` is the answer in one or two sentences, uncertainty included."""

    id: str = Field(max_length=100)
    name: Words
    summary: Words
    kind: str = Field(max_length=40)
    area: str = Field(max_length=40)
    level: str = Field(max_length=40)
    authority: BodyView
    judged_for: JudgedFor
    law: list[ActView] = Field(max_length=30)
    catalog: str = Field(max_length=200, description="the right as a service description, with its sources")
    rule: str = Field(max_length=200, description="the whole rule, as data and as text")
    verdict: Verdict
    says: list[str] = Field(max_length=5)
    confidence: Sureness | None = Field(description="of a settled answer: how sure the rules are that carry it")
    only_rare: bool = Field(description="every common way is closed: probably not, unless something rare applies")
    stale: list[str] = Field(max_length=20, description="rates it rests on that were not checked for the day")
    because: BecauseView = Field(description="the deciding part of the rule, as data (GET " + SCHEMA + ")")
    would_change: list[ChangeView] = Field(
        max_length=100, description="the conditions that together would change the outcome"
    )
    explained: ExplainedView
    missing: list[QuestionView] = Field(max_length=50)
    from_register: list[RegisterFactView] = Field(max_length=20)
    not_shared: list[str] = Field(
        max_length=10, description="groups of facts that decide and are not open to this reader"
    )
    reasons: list[ReasonView] = Field(max_length=50)
    to_be_assessed: list[AssessmentView] = Field(max_length=20)
    rates: list[RateView] = Field(max_length=20, description="the rates that the rule compares with, on the day")
    amounts: tuple[AmountView, ...] = Field(max_length=50)
    application: ApplicationView
    complaint: ComplaintView
    coming: list[TransitionView] = Field(max_length=20, description="what changes at the child's coming birthdays")
    links: LinksView


def right_view(answer: Answer, answers: Answers, reader: Reader, speech: Speech) -> RightView:
    """The answer in words, and what comes after it."""
    right = speech.book.rights[answer.rule.id]
    because = answer.judgement.because
    shut, missing = not_shared(answer, reader, speech), questions(answer, answers, reader, speech)
    return RightView(
        **_card(right.id, speech),
        verdict=answer.judgement.verdict,
        says=says(answer, speech, asks=bool(missing), shut=bool(shut)),
        confidence=confidence(answer),
        only_rare=answer.judgement.only_rare,
        stale=sorted(answer.judgement.stale),
        because=BecauseView.model_validate(tree(because, reader.sees, speech.book.vocabulary)),
        would_change=[ChangeView.model_validate(each) for each in changes(answer.judgement.would_change)],
        explained=explained(because, reader.sees, speech),
        missing=missing,
        from_register=from_register(answer, speech),
        not_shared=shut,
        reasons=reasons(answer, answers.situation, speech),
        to_be_assessed=to_be_assessed(answer, speech),
        rates=[rate_view(rate, answers.on, speech, decides=True) for rate in answer.rates],
        amounts=amount_views(right.id, answers.on, speech),
        application=application_view(right.id, answers, reader, speech),
        complaint=complaint_view(right.id, speech),
        coming=_coming(right, answers, speech),
        links=LinksView(**right.links.model_dump()),
    )


@cache
def _card(right_id: str, speech: Speech) -> dict[str, Any]:
    """What is the same for everyone."""
    right = speech.book.rights[right_id]
    return {
        "id": right.id,
        "name": speech.words(right.name),
        "summary": summary(right_id, speech),
        "kind": right.kind,
        "area": right.area,
        "level": right.level,
        "authority": speech.body(right.authority),
        "judged_for": right.judged_for,
        "law": [ActView(act=each.act, ref=each.ref, sections=each.sections, read=each.read) for each in right.law],
        "catalog": f"/catalog/v1/services/{right.id}",
        "rule": f"/rights/v1/rules/{right.id}",
    }


def _coming(right: RightFile, answers: Answers, speech: Speech) -> list[TransitionView]:
    """The changes that are still ahead; all of them while the age is not known."""
    ahead = [(place, each) for place, each in enumerate(right.transitions) if _is_ahead(each, answers)]
    return [
        TransitionView(
            at_age=each.at_age,
            falls=each.falls,
            effect=effect(right.id, place, speech),
            confidence=each.confidence or right.confidence,
        )
        for place, each in ahead
    ]


def _is_ahead(turn: TransitionFile, answers: Answers) -> bool:
    known = answers.situation.known
    if turn.falls == "year_end":
        turning = known.get("child_age_turning_this_year")
        return not isinstance(turning, int) or turn.at_age >= turning
    age = known.get("child_age")
    return not isinstance(age, int) or turn.at_age > age
