"""The way to a right: who may apply, how, a direct way into the application, and where a complaint goes."""

from functools import cache
from typing import Literal

from pydantic import Field

from services.rights.api.speech import BodyView, LawView, Speech, Sureness, View, Words
from services.rights.domain.answers import Answers, Reader

APPLICATIONS = "/applications/v1/applications"
_FROM_AGE = "youth_from_"


class WhoMayView(View):
    """Someone who may apply."""

    id: str = Field(max_length=40)
    text: str = Field(max_length=100)


class StartView(View):
    """The request that opens the application, filled in with what is known."""

    method: Literal["POST"] = "POST"
    href: str = APPLICATIONS
    body: dict[str, str] = Field(description="the request's body, as it is, but for what `lacks` names")
    lacks: list[str] = Field(
        default=[], max_length=5, description="what you put into the body yourself", exclude_if=lambda lacks: not lacks
    )


class ApplicationView(View):
    """How to apply, for this reader. Deadlines are ids; the status service says what they mean."""

    needed: bool
    says: str = Field(max_length=200)
    who_may: list[WhoMayView] = Field(max_length=10)
    you_may: bool = Field(default=False, description="whether this reader is among them")
    form: str | None = Field(max_length=300)
    form_says: str | None = Field(max_length=200, description="said when there is no national form")
    channel: Words | None
    documentation: list[Words] = Field(max_length=30)
    deadline: str | None = Field(max_length=100)
    back_payment_months: int | None
    answer_deadline: str | None = Field(max_length=100)
    preliminary_answer: str | None = Field(max_length=100)
    confidence: Sureness
    note: Words | None
    start: StartView | None = Field(
        default=None, description="the direct way in, where there is a form here and this reader may apply"
    )


class ComplaintView(View):
    """Where a complaint goes. The deadline is an id."""

    deadline: str | None = Field(max_length=100)
    body: BodyView
    send_to: Words | None
    further: Words | None
    law: tuple[LawView, ...] = Field(max_length=20)
    confidence: Sureness
    note: Words | None


def application_view(right_id: str, answers: Answers, reader: Reader, speech: Speech) -> ApplicationView:
    """How this reader comes to the right."""
    for_all = way_for_all(right_id, speech)
    if not any(_may(who.id, answers, reader) for who in for_all.who_may):
        return for_all
    start = StartView(body={"child_id": str(answers.child_id), "form_id": right_id})
    return for_all.model_copy(update={"you_may": True, "start": start if right_id in speech.book.forms else None})


@cache
def way_in(right_id: str, speech: Speech) -> StartView | None:
    """The direct way into the application for someone we do not know: with a login and the child's id."""
    if right_id not in speech.book.forms:
        return None
    return StartView(body={"form_id": right_id}, lacks=["child_id"])


@cache
def way_for_all(right_id: str, speech: Speech) -> ApplicationView:
    """How to come to the right, whoever asks."""
    right = speech.book.rights[right_id]
    way, texts, lang = right.application, speech.texts, speech.lang
    return ApplicationView(
        needed=way.needed,
        says=(texts.apply.needed if way.needed else texts.apply.not_needed).in_(lang),
        who_may=[WhoMayView(id=who, text=texts.who_may[who].in_(lang)) for who in way.who_may],
        form=way.form,
        form_says=texts.apply.no_national_form.in_(lang) if way.needed and way.form is None else None,
        channel=speech.norwegian(way.channel),
        documentation=[words for each in way.documentation if (words := speech.norwegian(each))],
        deadline=way.deadline,
        back_payment_months=way.back_payment_months,
        answer_deadline=right.answer.deadline if right.answer else None,
        preliminary_answer=right.answer.preliminary if right.answer else None,
        confidence=way.confidence,
        note=speech.norwegian(way.note),
    )


@cache
def complaint_view(right_id: str, speech: Speech) -> ComplaintView:
    """Where a complaint goes."""
    complaint = speech.book.rights[right_id].complaint
    return ComplaintView(
        deadline=complaint.deadline,
        body=speech.body(complaint.body),
        send_to=speech.norwegian(complaint.send_to),
        further=speech.norwegian(complaint.further),
        law=speech.law(complaint.law),
        confidence=complaint.confidence,
        note=speech.norwegian(complaint.note),
    )


def _may(who: str, answers: Answers, reader: Reader) -> bool:
    """Whether the reader is the one that `who_may` names; the age is the child's today."""
    if who in ("guardian", "anyone"):
        return reader.is_guardian or who == "anyone"
    age = answers.situation.known.get("child_age")
    old_enough = who.startswith(_FROM_AGE) and isinstance(age, int) and age >= int(who.removeprefix(_FROM_AGE))
    return reader.applicant is None and old_enough
