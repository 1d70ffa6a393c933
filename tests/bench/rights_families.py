"""Families made up with a seed: a child with one kind of condition, a home, and a true answer to everything they could be asked.

How common each thing is, is a guess that is plausible for the kind; it was written before any order of questions was measured."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.rights.domain.fact import Origin, Type
from services.rights.domain.tree import Value
from services.rights.store.facts import FactFile

_OTHERWISE = 0.08  # of a yes, where nothing below says otherwise
_DOES_NOT_KNOW = 0.05
_NO_SUCH_CASE = frozenset({"deceased", "stillborn", "age_at_death", "date_of_death"})
_ANY_HOME: Mapping[str, float] = {
    "national_insurance_member": 0.97,
    "parent_national_insurance_member": 0.97,
    "lives_at_home": 0.93,
    "lives_in_norway": 0.99,
    "parent_has_care_of_child": 0.97,
    "parent_lives_with_child": 0.92,
    "parent_employed": 0.75,
    "parent_is_employee": 0.7,
    "parent_worked_last_4_weeks": 0.7,
    "parent_income_at_least_half_g": 0.75,
    "parent_without_partner": 0.25,
    "parent_clearly_more_daily_care": 0.25,
    "has_childcare_costs": 0.35,
    "has_sibling_under_18": 0.6,
    "can_use_public_transport": 0.6,
    "travels_to_health_service": 0.5,
    "hospital_treated": 0.4,
    "referred_to_specialist": 0.4,
    "private_care_provided": 0.4,
    "higher_absence_risk": 0.4,
    "heavy_care_burden": 0.3,
    "caregiver_needs_training": 0.3,
    "needs_coordinated_services_count": 0.5,
    "needs_long_term_coordinated_services": 0.3,
    "long_term": 0.7,
    "education_benefit_insufficient": 0.25,
    "pays_housing_costs": 0.3,
    "dwelling_self_contained": 0.8,
    "in_kindergarten": 0.85,
    "in_school": 0.9,
    "completed_lower_secondary": 0.6,
    "uses_sfo": 0.4,
}
_KINDS: tuple[tuple[float, Mapping[str, float]], ...] = (
    (0.3, {"chronic_or_long_term_illness": 0.9, "condition_permanent": 0.6, "uses_long_term_prescription_items": 0.8, "hospital_treated": 0.6,
           "needs_supervision_or_care_more_than_same_age": 0.4, "serious_condition": 0.15}),  # diabetes, epilepsy, asthma, bowel
    (0.25, {"condition_permanent": 0.9, "has_disability": 0.7, "needs_supervision_or_care_more_than_same_age": 0.7, "mental_health_need": 0.35,
            "has_special_needs_school": 0.6, "special_educational_need": 0.6, "intellectual_disability": 0.2, "needs_assistance_in_school": 0.5,
            "has_individual_education_decision": 0.4, "reading_writing_difficulty": 0.3, "heavy_care_burden": 0.5}),  # autism, ADHD
    (0.15, {"condition_permanent": 0.97, "has_disability": 0.97, "functional_ability_substantially_permanently_reduced": 0.9,
            "needs_assistive_device": 0.8, "needs_habilitation": 0.8, "serious_condition": 0.6, "continuous_care_need": 0.5,
            "needs_personal_assistance": 0.5, "heavy_care_burden": 0.75, "housing_unsuitable": 0.4, "intellectual_disability": 0.4,
            "needs_supervision_or_care_more_than_same_age": 0.9, "needs_physical_adaptation_school": 0.6, "needs_activity_equipment": 0.5,
            "needs_transport_due_to_disability": 0.6, "needs_parking_relief": 0.6, "needs_companion": 0.6, "can_use_public_transport": 0.2}),  # cerebral palsy, muscles
    (0.1, {"serious_condition": 0.97, "life_threatening": 0.6, "end_of_life_care": 0.1, "admitted_to_health_institution": 0.6, "hospital_treated": 0.97,
           "child_ill_now": 0.9, "continuous_care_need": 0.8, "parent_must_be_present": 0.8, "parent_prevented_from_work_by_care": 0.7,
           "travels_to_health_service": 0.9, "sibling_or_parent_admitted_to_health_institution": 0.3}),  # cancer, heart, early birth
    (0.1, {"mental_health_need": 0.95, "referred_to_specialist": 0.7, "serious_condition": 0.3, "education_benefit_insufficient": 0.4,
           "school_environment_unsafe": 0.3}),  # mental illness
    (0.1, {"hearing_impaired": 0.5, "blind_or_low_vision": 0.4, "vision_correction_need": 0.5, "condition_permanent": 0.9, "has_disability": 0.8,
           "needs_assistive_device": 0.8, "deafblind": 0.05, "blind_or_cannot_orient_by_sight": 0.2, "special_educational_need": 0.5}),  # hearing, sight
)  # fmt: skip
_HIGHEST = {"NOK/year": 40_000, "km": 150, "G": 10, "years": 20, "services": 5, "hours/week": 40, "percent": 100}


@dataclass(frozen=True, slots=True)
class Family:
    """What registers know, what is true when it is asked (a set as a frozenset), and what the family cannot answer."""

    from_registers: Mapping[str, Value]
    truth: Mapping[str, Value]
    does_not_know: frozenset[str]


def families(facts: Mapping[str, FactFile], *, number: int, seed: int, on: date) -> list[Family]:
    """So many families; the same for the same seed."""
    rng = random.Random(seed)
    return [_family(facts, rng, on) for _ in range(number)]


def _family(facts: Mapping[str, FactFile], rng: random.Random, on: date) -> Family:
    kind = rng.choices([each for _, each in _KINDS], [weight for weight, _ in _KINDS])[0]
    likely = {**_ANY_HOME, **kind}
    age, parent_age = rng.randint(0, 19), rng.randint(22, 45)
    truth = {name: _value(name, fact, likely, rng) for name, fact in facts.items() if fact.type is not Type.DATE}
    registers = {name: truth[name] for name, fact in facts.items() if fact.origin is Origin.REGISTER and name in truth}
    born = {"birth_date": _day(on.year - age, rng), "parent_birth_date": _day(on.year - age - parent_age, rng)}
    told = [name for name, fact in facts.items() if fact.origin is Origin.TOLD]
    return Family(
        from_registers={name: value for name, value in (registers | born).items() if name not in _NO_SUCH_CASE},
        truth={name: truth[name] for name in told},
        does_not_know=frozenset(name for name in told if rng.random() < _DOES_NOT_KNOW),
    )


def _day(year: int, rng: random.Random) -> date:
    return date(year, rng.randint(1, 10), rng.randint(1, 28))


def _value(name: str, fact: FactFile, likely: Mapping[str, float], rng: random.Random) -> Value:
    yes = rng.random() < likely.get(name, 0.4 if fact.type is not Type.BOOLEAN else _OTHERWISE)
    match fact.type:
        case Type.BOOLEAN:
            return yes
        case Type.ENUM:
            return rng.choice(fact.values) if yes else fact.values[0]
        case Type.SET:
            return frozenset(rng.sample(fact.values, rng.randint(1, min(2, len(fact.values)))) if yes else ())
        case _:
            return rng.randint(0, _HIGHEST.get(fact.unit or "", 5)) if yes else 0
