"""A family as mapping would give it by reference."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from services.rights.domain.profile import Guardian, Profile, State, Stated

AS_OF = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BORN = "2017-04-21"
CHILD_FACTS = {
    "birth_date": BORN,
    "lives_in_norway": True,
    "national_insurance_member": True,
    "condition_permanent": True,
    "needs_supervision_or_care_more_than_same_age": True,
    "private_care_provided": True,
    "lives_in_institution": False,
    "blind_or_cannot_orient_by_sight": True,
    "chronic_or_long_term_illness": True,
    "higher_absence_risk": True,
}
MOTHERS_FACTS = {
    "parent_birth_date": "1988-03-14",
    "parent_national_insurance_member": True,
    "parent_employed": True,
    "parent_has_care_of_child": True,
    "parent_lives_with_child": True,
    "heavy_care_burden": True,
}
FATHERS_FACTS = {**MOTHERS_FACTS, "parent_birth_date": "1986-09-02", "parent_employed": False}


def stated(facts):
    """Facts that are known, each with its value; a date as mapping writes it."""
    return {
        name: Stated(State.KNOWN, value.isoformat() if isinstance(value, date) else value)
        for name, value in facts.items()
    }


def profile(child: UUID | None = None, *, version=1, guardians=(), **changed) -> Profile:
    """The child's facts, with `changed` on top (None: not known), and each guardian's (id, facts)."""
    facts = {name: value for name, value in (CHILD_FACTS | changed).items() if value is not None}
    own = tuple(Guardian(guardian, stated(told)) for guardian, told in guardians)
    return Profile(child or uuid4(), version, AS_OF, stated(facts), own)
