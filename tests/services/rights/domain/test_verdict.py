"""From the value of a tree to the verdict: a table of small rules, and some families by the real ones."""

from datetime import date

import pytest

from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Fact, Origin, Subject, Type
from services.rights.domain.rule import JudgedFor, rule
from services.rights.domain.situation import situation
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Not, RateRef
from services.rights.domain.verdict import Judgement, Verdict, judge
from services.rights.store.rulebook import rulebook

DAY = date(2026, 11, 24)
BIRTH = date(2017, 4, 21)


def fact(name, origin=Origin.TOLD, subject=Subject.CHILD, derived_from=()):
    return Fact(name, subject, Type.BOOLEAN, "health", origin, derived_from)


VOCABULARY = {
    each.id: each
    for each in (
        fact("told"),
        fact("other"),
        fact("cost"),
        fact("registered", Origin.REGISTER),
        fact("follows", Origin.DERIVED, derived_from=("registered", "told")),
        fact("deceased", Origin.DERIVED, derived_from=("date_of_death",)),
        fact("decision", Origin.CASE, Subject.CASE),
        fact("disagrees", Origin.TOLD, Subject.CASE),
    )
}


def leaf(name):
    return Atom(name, (Comparison(Comparator.IS, True),))


COSTS = Atom("cost", (Comparison(Comparator.AT_LEAST, RateRef("gone")),))
ASSESS = Assess("skjønn", "nav")


def judged(tree, known, confidence=Confidence.SOURCED):
    a_rule = rule("en-rett", JudgedFor.CHILD, tree, confidence, relevant_when=(), vocabulary=VOCABULARY)
    return judge(a_rule, situation(known, DAY, rates={}, vocabulary=VOCABULARY), VOCABULARY)._replace(walk=None)


@pytest.mark.parametrize(
    ("tree", "known", "verdict", "missing", "from_register"),
    [
        (leaf("told"), {"told": True}, Verdict.LIKELY, set(), set()),
        (leaf("told"), {"told": False}, Verdict.UNLIKELY, set(), set()),
        (leaf("told"), {}, Verdict.POSSIBLE, {"told"}, set()),
        (leaf("registered"), {"registered": False}, Verdict.NOT_RELEVANT, set(), set()),
        (leaf("registered"), {}, Verdict.POSSIBLE, set(), {"registered"}),
        (leaf("follows"), {}, Verdict.POSSIBLE, set(), {"registered", "told"}),
        (
            Branch(2, (leaf("registered"), leaf("told"))),
            {"registered": False, "told": False},
            Verdict.NOT_RELEVANT,
            set(),
            set(),
        ),
        (
            Branch(2, (leaf("registered"), leaf("told"))),
            {"registered": True, "told": False},
            Verdict.UNLIKELY,
            set(),
            set(),
        ),
        (Branch(2, (leaf("told"), ASSESS)), {"told": True}, Verdict.MUST_BE_ASSESSED, set(), set()),
        (Branch(2, (leaf("told"), ASSESS)), {}, Verdict.POSSIBLE, {"told"}, set()),
        (Branch(2, (leaf("told"), ASSESS)), {"told": False}, Verdict.UNLIKELY, set(), set()),
        (COSTS, {"cost": 9000}, Verdict.MUST_BE_ASSESSED, set(), set()),
    ],
)
def test_the_value_of_the_tree_and_what_it_hangs_on_make_the_verdict(tree, known, verdict, missing, from_register):
    found = judged(tree, known)
    assert (found.verdict, found.missing, found.from_register) == (verdict, missing, from_register)


@pytest.mark.parametrize("confidence", [Confidence.UNCERTAIN, Confidence.MEMORY])
def test_a_rule_that_is_not_sourced_makes_nothing_likely(confidence):
    assert judged(leaf("told"), {"told": True}, confidence).verdict is Verdict.MUST_BE_ASSESSED


def test_without_a_case_a_right_about_cases_is_not_relevant():
    tree = Branch(2, (leaf("decision"), leaf("disagrees")))
    assert judged(tree, {}).verdict is Verdict.NOT_RELEVANT
    assert judged(tree, {"decision": True}) == Judgement(Verdict.POSSIBLE, frozenset({"disagrees"}))
    assert judged(tree, {"disagrees": True}) == Judgement(Verdict.POSSIBLE, frozenset(), frozenset({"decision"}))


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({}, Verdict.NOT_RELEVANT),
        ({"told": True}, Verdict.NOT_RELEVANT),
        ({"deceased": False}, Verdict.NOT_RELEVANT),
        ({"deceased": True}, Verdict.POSSIBLE),
        ({"deceased": True, "told": True}, Verdict.LIKELY),
    ],
)
def test_a_right_that_only_a_death_could_open_is_not_relevant_until_the_register_has_told_of_one(known, verdict):
    assert judged(Branch(2, (leaf("deceased"), leaf("told"))), known).verdict is verdict


def test_a_right_that_a_death_merely_may_open_is_judged():
    assert judged(Branch(1, (leaf("deceased"), leaf("told"))), {}).verdict is Verdict.POSSIBLE


def test_not_turns_a_condition():
    assert judged(Not(leaf("told")), {"told": True}).verdict is Verdict.UNLIKELY


# ---- the real rules ----
FAMILY = {
    "birth_date": BIRTH,
    "lives_in_norway": True,
    "national_insurance_member": True,
    "condition_permanent": True,
    "needs_supervision_or_care_more_than_same_age": True,
    "private_care_provided": True,
    "lives_in_institution": False,
    "blind_or_cannot_orient_by_sight": False,
}


def real(right, **known):
    book = rulebook()
    return judge(book.rules[right], book.situation(known, DAY), book.vocabulary)._replace(walk=None)


def test_attendance_benefit_is_assessed_by_nav_when_everything_it_asks_for_is_told():
    assert real("hjelpestonad", **FAMILY) == Judgement(Verdict.MUST_BE_ASSESSED)


def test_attendance_benefit_is_likely_for_a_blind_child_without_more():
    known = {**FAMILY, "blind_or_cannot_orient_by_sight": True}
    assert real("hjelpestonad", **known) == Judgement(Verdict.LIKELY, confidence=Confidence.SOURCED)


def test_a_told_no_makes_it_unlikely():
    known = {**FAMILY, "national_insurance_member": False, "approved_occupational_injury": False}
    assert real("hjelpestonad", **known).verdict is Verdict.UNLIKELY


def test_without_a_rate_for_the_day_the_costs_must_be_assessed():
    known = {
        **FAMILY,
        "documented_extra_expenses_nok_per_year": 20000,
        "fixed_rate_expense_grounds": frozenset(),
        "extra_expense_types": frozenset({"special_diet"}),
    }
    assert real("grunnstonad", **known).verdict in (Verdict.MUST_BE_ASSESSED, Verdict.POSSIBLE)
    assert "documented_extra_expenses_nok_per_year" not in real("grunnstonad", **known).missing


def test_a_funeral_grant_is_not_relevant_for_a_living_child():
    assert real("gravferdsstonad-barn", **FAMILY).verdict is Verdict.NOT_RELEVANT


def test_a_funeral_grant_asks_for_membership_after_a_death():
    found = real("gravferdsstonad-barn", birth_date=date(2021, 1, 8), date_of_death=date(2026, 6, 14))
    assert found.verdict is Verdict.POSSIBLE
    assert found.missing == {"national_insurance_member", "parent_national_insurance_member"}


def test_a_complaint_is_not_relevant_without_a_decision():
    assert real("klage-paa-vedtak", **FAMILY).verdict is Verdict.NOT_RELEVANT


def test_a_child_turns_eighteen_by_the_day_alone():
    rights = {
        day: judge(
            rulebook().rules["vergemaal-ved-18"],
            rulebook().situation({"birth_date": date(2008, 11, 25)}, day),
            rulebook().vocabulary,
        ).verdict
        for day in (date(2024, 1, 1), date(2026, 11, 25))
    }
    assert rights[date(2024, 1, 1)] is Verdict.NOT_RELEVANT
    assert rights[date(2026, 11, 25)] is not Verdict.NOT_RELEVANT
