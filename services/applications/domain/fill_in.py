"""The applicant's changes to a draft: each checked against the form, all or nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.applications.domain.answer import Answer, Change, Changes, Source, SourceKind, State, Wanted
from services.applications.domain.application import Content
from services.applications.domain.form import Form
from services.applications.domain.vocabulary import frozen, misfit_of
from shared.domain import FieldFault, InvalidInput


def fill_in(content: Content, changes: Changes, form: Form, *, speaker: UUID, at: datetime) -> Content:
    """The content with the applicant's own answers. They stay in this application. Raises InvalidInput naming each entry."""
    answers, words = changes.answers, changes.free_text
    faults = [fault for index, change in enumerate(answers) if (fault := _fault(change, index, answers, form))]
    if words and len(words) > form.free_text.max_length:
        faults.append(FieldFault("free_text", "too-long", f"at most {form.free_text.max_length} characters"))
    if faults:
        raise InvalidInput(*faults)
    given = dict(content.given)
    for change in answers:
        if change.wanted is Wanted.WITHDRAWN:
            given.pop(change.fact, None)
        else:
            given[change.fact] = _said(change, Source(SourceKind.APPLICANT, speaker=speaker, said_at=at))
    return Content(content.prefilled, given, content.free_text if words is None else words or None)


def _said(change: Change, source: Source) -> Answer:
    if change.wanted is Wanted.NOT_KNOWN:
        return Answer(change.fact, State.NOT_KNOWN, source)
    return Answer(change.fact, State.KNOWN, source, frozen(change.value))


def _fault(change: Change, index: int, changes: Sequence[Change], form: Form) -> FieldFault | None:
    field, place = form.field(change.fact), f"answers.{index}"
    if field is None:
        return FieldFault(f"{place}.fact", "not-in-form", "a fact of this form")
    if not field.fact.is_told:
        return FieldFault(
            f"{place}.fact",
            "not-told",
            "a fact that is told; this one comes from a register or is worked out, and is put right there",
        )
    if any(other.fact == change.fact for other in changes[:index]):
        return FieldFault(f"{place}.fact", "twice", "each fact at most once")
    if change.wanted is Wanted.KNOWN:
        misfit = misfit_of(field.fact, change.value)
        return FieldFault(f"{place}.value", misfit.code, misfit.expected) if misfit else None
    return FieldFault(f"{place}.value", "not-wanted", "no value with this state") if change.value is not None else None
