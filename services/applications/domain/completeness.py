"""Whether a draft can be sent in: every required field answered, each answer one the form accepts."""

from collections.abc import Iterator, Mapping

from services.applications.domain.answer import Answer, State
from services.applications.domain.application import Content
from services.applications.domain.form import Field, Form
from services.applications.domain.vocabulary import Value, is_asked, misfit_of
from shared.domain import FieldFault, InvalidInput


def known_values(answers: Mapping[str, Answer]) -> dict[str, Value]:
    """The values that are known, by fact."""
    return {
        fact: answer.value
        for fact, answer in answers.items()
        if answer.state is State.KNOWN and answer.value is not None
    }


def is_shown(field: Field, answers: Mapping[str, Answer]) -> bool:
    """Whether the field stands in the form now: asked, or answered already."""
    return is_asked(field.fact, known_values(answers)) or field.fact.id in answers


def faults_of(form: Form, content: Content) -> list[FieldFault]:
    """What keeps the draft from being sent in, one fault a field."""
    answers = content.answers()
    return [fault for field in form.fields() for fault in _faults(field, answers)] + _free_text_faults(
        form, content.free_text
    )


def require_complete(form: Form, content: Content) -> None:
    """Raises InvalidInput that names each field."""
    faults = faults_of(form, content)
    if faults:
        raise InvalidInput(*faults)


def _faults(field: Field, answers: Mapping[str, Answer]) -> Iterator[FieldFault]:
    fact, answer = field.fact, answers.get(field.fact.id)
    place = f"answers.{fact.id}"
    if answer is None:
        if field.required and fact.is_told and is_asked(fact, known_values(answers)):
            yield FieldFault(place, "missing", f"an answer ({fact.type}) or not_known")
    elif answer.state is State.CONFLICT:
        if field.required and fact.is_told:
            yield FieldFault(place, "conflict", "the applicant's own answer, since people who may answer disagree")
    elif answer.state is State.KNOWN and (misfit := misfit_of(fact, answer.value)):
        yield FieldFault(place, misfit.code, misfit.expected)


def _free_text_faults(form: Form, free_text: str | None) -> list[FieldFault]:
    limit = form.free_text.max_length
    return (
        [FieldFault("free_text", "too-long", f"at most {limit} characters")]
        if free_text and len(free_text) > limit
        else []
    )
