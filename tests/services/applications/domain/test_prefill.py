"""What a new draft already holds."""

from datetime import date
from uuid import UUID

import pytest

from services.applications.domain.answer import Source, SourceKind, State
from services.applications.domain.form import Field
from services.applications.domain.prefill import prefill
from services.applications.domain.profile import Guardian, KnownFact, Profile
from services.applications.domain.vocabulary import About, FactType, Origin
from tests.services.applications.builders import AT, BURDEN, CHILD, HOURS, MOTHER, SERIOUS, fact, form

FATHER = UUID(int=3)
AGE = fact("child_age", FactType.INTEGER, origin=Origin.DERIVED, minimum=0, maximum=120)
TURNING = fact("child_age_turning_this_year", FactType.INTEGER, origin=Origin.DERIVED, minimum=0, maximum=120)
PARENT_AGE = fact("parent_age", FactType.INTEGER, origin=Origin.DERIVED, about=About.GUARDIAN, minimum=10, maximum=120)
HOME = fact("home", about=About.HOUSEHOLD)


def known(value, state=State.KNOWN, kind=SourceKind.TOLD, speaker=MOTHER):
    return KnownFact(state, value, Source(kind, speaker=speaker, said_at=AT))


def profile(facts=None, guardians=()):
    born = {"birth_date": known("2017-04-21", kind=SourceKind.REGISTER)}
    return Profile(CHILD, 1, AT, False, "3403", {**born, **(facts or {})}, guardians)


def filled(field, given, day=date(2026, 11, 24), applicant=MOTHER):
    return prefill(form(Field(field)), given, applicant, day).get(field.id)


@pytest.mark.parametrize(
    ("day", "age", "turning"),
    [(date(2026, 4, 20), 8, 9), (date(2026, 4, 21), 9, 9), (date(2026, 12, 31), 9, 9), (date(2027, 1, 1), 9, 10)],
)
def test_ages_are_worked_out_for_the_day(day, age, turning):
    assert filled(AGE, profile(), day).value == age
    assert filled(TURNING, profile(), day).value == turning
    assert filled(AGE, profile(), day).source.kind is SourceKind.DERIVED


def test_each_answer_keeps_who_said_it():
    assert filled(SERIOUS, profile({"serious_condition": known(True)})).source.speaker == MOTHER


def test_a_conflict_is_no_answer_and_names_nobody():
    answer = filled(SERIOUS, profile({"serious_condition": known(None, State.CONFLICT)}))
    assert (answer.state, answer.value, answer.source.speaker) == (State.CONFLICT, None, None)


def test_vet_ikke_is_carried_over():
    assert filled(SERIOUS, profile({"serious_condition": known(None, State.NOT_KNOWN)})).state is State.NOT_KNOWN


def test_a_value_that_no_longer_fits_is_left_out():
    assert filled(HOURS, profile({"hours": known(400)})) is None


def test_own_facts_come_from_the_applicant_alone():
    hers = Guardian(
        MOTHER, {"heavy_care_burden": known(True), "parent_birth_date": known("1988-03-14")}, {"home": known(True)}
    )
    his = Guardian(FATHER, {"heavy_care_burden": known(False)}, {})
    given = profile(guardians=(his, hers))
    assert filled(BURDEN, given).value is True
    assert filled(BURDEN, given, applicant=FATHER).value is False
    assert filled(HOME, given).value is True
    assert filled(HOME, given, applicant=FATHER) is None
    assert filled(PARENT_AGE, given).value == 38
    assert filled(BURDEN, given, applicant=CHILD) is None
