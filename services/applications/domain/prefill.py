"""What a new draft already holds: only facts that its form needs, each with who said it; derived ones worked out for the day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from uuid import UUID

from services.applications.domain.answer import Answer, Source, SourceKind, State
from services.applications.domain.form import Form
from services.applications.domain.profile import KnownFact, Profile
from services.applications.domain.vocabulary import About, Fact, Origin, frozen, misfit_of
from shared.dates import age_on, months_on

DERIVED: Mapping[str, tuple[str, Callable[[date, date], int]]] = {
    "child_age": ("birth_date", age_on),
    "child_age_months": ("birth_date", months_on),
    "child_age_turning_this_year": ("birth_date", lambda birth, day: day.year - birth.year),
    "parent_age": ("parent_birth_date", age_on),
    "parent_age_turning_this_year": ("parent_birth_date", lambda birth, day: day.year - birth.year),
}
"""Derived fact: the date it comes from, and how it is worked out for a day."""


def prefill(form: Form, profile: Profile, applicant: UUID, day: date) -> dict[str, Answer]:
    """The answers that need not be asked for, by fact. Another guardian's own facts are never among them."""
    return {answer.fact: answer for field in form.fields() for answer in _known(field.fact, profile, applicant, day)}


def _known(fact: Fact, profile: Profile, applicant: UUID, day: date) -> Iterator[Answer]:
    facts = _facts_about(fact.about, profile, applicant)
    if fact.origin is Origin.DERIVED:
        basis, work_out = DERIVED[fact.id]
        known = facts.get(basis)
        if known and known.state is State.KNOWN:
            yield Answer(
                fact.id, State.KNOWN, Source(SourceKind.DERIVED), work_out(date.fromisoformat(str(known.value)), day)
            )
    elif fact.id in facts:
        yield from _as_said(fact, facts[fact.id])


def _as_said(fact: Fact, known: KnownFact) -> Iterator[Answer]:
    if known.state is State.CONFLICT:
        yield Answer(fact.id, State.CONFLICT, Source(known.source.kind))
    elif known.state is State.KNOWN and misfit_of(fact, known.value) is None:
        yield Answer(fact.id, State.KNOWN, known.source, frozen(known.value))
    elif known.state is State.NOT_KNOWN:
        yield Answer(fact.id, State.NOT_KNOWN, known.source)


def _facts_about(about: About, profile: Profile, applicant: UUID) -> Mapping[str, KnownFact]:
    if about is About.CHILD:
        return profile.facts
    guardian = profile.guardian(applicant)
    if guardian is None:
        return {}
    return guardian.household_facts if about is About.HOUSEHOLD else guardian.facts
