"""What is missing, in the form in which a front-end can ask for it."""

from functools import cache
from typing import Literal

from pydantic import Field

from services.rights.api.speech import Speech, View, Words
from services.rights.domain.answer import Answer
from services.rights.domain.answers import Answers, Reader
from services.rights.domain.fact import Subject, Type


def _is_absent(value: object) -> bool:
    return value is None or value == []


class ChoiceView(View):
    """One possible answer."""

    value: str = Field(max_length=100)
    label: Words


class QuestionView(View):
    """A fact to ask for. `question` is null when this reader is not the one to answer it. "Vet ikke" is always an answer.
    What a question does not have (choices, a unit, limits) is left out."""

    fact: str = Field(max_length=100)
    subject: Subject
    type: Type
    question: Words | None
    choices: list[ChoiceView] = Field(default=[], max_length=50, exclude_if=_is_absent)
    unit: str | None = Field(default=None, max_length=40, exclude_if=_is_absent)
    min: int | float | None = Field(default=None, exclude_if=_is_absent)
    max: int | float | None = Field(default=None, exclude_if=_is_absent)
    sensitive: bool = False
    cause: Literal["not_told", "conflict"] = "not_told"
    says: str | None = Field(
        default=None,
        max_length=500,
        description="why it is asked again, when the answers differ",
        exclude_if=_is_absent,
    )


class RegisterFactView(View):
    """A fact that a register answers; it is fetched, never asked for."""

    fact: str = Field(max_length=100)
    meaning: Words | None


def questions(answer: Answer, answers: Answers, reader: Reader, speech: Speech) -> list[QuestionView]:
    """The questions of one right, first one first, as far as they are open to the reader."""
    open_to_reader = [fact for fact in answer.questions if reader.sees(speech.book.vocabulary[fact])]
    return [question(fact, speech, differ=fact in answers.conflicts) for fact in open_to_reader]


@cache
def question(fact_id: str, speech: Speech, *, differ: bool) -> QuestionView:
    """One fact to ask for. `differ`: it was answered, and the answers differ."""
    fact = speech.book.facts[fact_id]
    asked = speech.question(fact)
    return QuestionView(
        fact=fact_id,
        subject=fact.subject,
        type=fact.type,
        question=speech.words(asked) if asked else None,
        choices=[ChoiceView(value=value, label=speech.words(label)) for value, label in fact.labels.items()],
        unit=fact.unit,
        min=fact.min,
        max=fact.max,
        sensitive=fact.sensitive,
        cause="conflict" if differ else "not_told",
        says=speech.texts.conflict.in_(speech.lang) if differ else None,
    )


def not_shared(answer: Answer, reader: Reader, speech: Speech) -> list[str]:
    """The groups of facts that the outcome hangs on and that are not open to the reader."""
    closed = {
        speech.book.vocabulary[fact].group
        for fact in answer.judgement.missing
        if not reader.sees(speech.book.vocabulary[fact])
    }
    return sorted(closed)


def from_register(answer: Answer, speech: Speech) -> list[RegisterFactView]:
    """The facts that a register answers. A sensitive one is not spelled out."""
    facts = speech.book.facts
    return [
        RegisterFactView(fact=each, meaning=speech.norwegian(facts[each].meaning))
        for each in sorted(answer.judgement.from_register)
        if not facts[each].sensitive
    ]
