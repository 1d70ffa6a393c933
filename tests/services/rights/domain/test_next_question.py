"""What is asked next over all rights, and in which order."""

import random
from dataclasses import replace
from datetime import date

import pytest

from services.rights.domain.next_question import next_questions
from services.rights.domain.verdict import judge
from services.rights.store.questions import weights
from services.rights.store.rulebook import rulebook
from tests.services.rights.profiles import random_profile, situation_of

DAY = date(2026, 11, 24)
BORN = date(2017, 4, 21)


def asked(*rights, limit=50, not_known=(), only_rare=(), may_answer=lambda _: True, changed=None, **known):
    """The questions over these rights (none: all)."""
    book = rulebook()
    situation = book.situation(known, DAY, not_known=frozenset(not_known))
    judged = [
        (rule, judge(rule, situation, book.vocabulary))
        for rule in book.rules.values()
        if rule.id in (rights or book.rules)
    ]
    judged = [(rule, each._replace(only_rare=rule.id in only_rare)) for rule, each in judged]
    return next_questions(judged, situation, book.vocabulary, changed or weights(), limit=limit, may_answer=may_answer)


def facts(found):
    return [each.fact for each in found]


def test_the_first_question_is_one_that_many_rights_hang_on_and_says_which():
    first = asked(birth_date=BORN, lives_in_norway=True)[0]
    assert len(first.rights) >= 10
    book = rulebook()
    situation = book.situation({"birth_date": BORN, "lives_in_norway": True}, DAY)
    assert set(first.rights) == {
        rule.id for rule in book.rules.values() if first.fact in judge(rule, situation, book.vocabulary).missing
    } | {
        rule.id
        for rule in book.rules.values()
        if any(
            first.fact in {guard.fact for guard in book.vocabulary[each].ask_when}
            for each in judge(rule, situation, book.vocabulary).missing
        )
    }


def test_a_settled_right_asks_nothing():
    assert asked("utvidet-barnetrygd", birth_date=date(1990, 1, 1)) == ()


def test_what_was_asked_and_is_not_known_is_not_asked_again():
    first = asked(birth_date=BORN)[0].fact
    assert first not in facts(asked(birth_date=BORN, not_known=[first]))


def test_a_register_is_never_asked_of_the_family():
    vocabulary = rulebook().vocabulary
    assert {vocabulary[each].origin for each in facts(asked())} == {"told"}


def test_a_guard_that_is_open_is_asked_in_the_place_of_what_waits_for_it():
    guard, waits = "travels_to_health_service", "travel_distance_km_one_way"
    right = "pasientreiser-barn-og-ledsager"
    settled = {"lives_in_norway": True, "hospital_treated": True}
    found = {each.fact: each for each in asked(right, **settled)}
    assert waits not in found
    assert found[guard].rights == (right,)
    assert waits in facts(asked(right, **settled, travels_to_health_service=True, can_use_public_transport=False))


def test_what_a_false_guard_keeps_is_neither_asked_nor_named():
    found = asked(birth_date=BORN, serious_condition=False)
    named = {each for question in found for each in (question.fact, *question.together)}
    assert not named & {"life_threatening", "end_of_life_care"}


def test_what_waits_for_a_guard_that_nobody_can_answer_is_not_asked():
    assert "life_threatening" not in facts(asked(birth_date=BORN, not_known=["serious_condition"]))
    assert "in_school" not in facts(asked())  # the age comes from the register


@pytest.mark.parametrize("seed", range(40))
def test_a_sensitive_question_is_first_only_when_there_is_no_other(seed):
    book, profile = rulebook(), random_profile(random.Random(seed))
    situation = situation_of(profile, DAY)
    judged = [(rule, judge(rule, situation, book.vocabulary)) for rule in book.rules.values()]
    found = [
        book.vocabulary[each.fact].sensitive
        for each in next_questions(judged, situation, book.vocabulary, weights(), limit=200)
    ]
    assert not found or not found[0] or all(found)


def test_what_only_rare_ways_hang_on_comes_last():
    rare, others = "tt-kort", ("briller-til-barn", "tako-senteret")
    assert asked(rare, *others, birth_date=BORN)[-1].rights != (rare,)
    assert asked(rare, *others, birth_date=BORN, only_rare=[rare])[-1].rights == (rare,)


def test_a_right_that_means_more_asks_before_one_that_means_less():
    means_more, other = "trygt-skolemiljo", "ledsagerbevis"
    equal = weights()
    for first, second in ((means_more, other), (other, means_more)):
        changed = replace(equal, importance={**equal.importance, first: 3.0, second: 1.0}, share=(1, 1, 1))
        assert asked(means_more, other, birth_date=BORN, changed=changed)[0].rights == (first,)


def test_what_costs_more_to_be_asked_comes_later():
    flat = replace(weights(), importance=dict.fromkeys(weights().importance, 1.0), share=(1, 1, 1))
    cheap = asked("frikort", birth_date=date(2009, 1, 1), lives_in_norway=True, changed=flat)
    assert facts(cheap) == ["national_insurance_member", "approved_user_charges_nok_this_year"]
    dear = replace(flat, cost={**flat.cost, "national_insurance_member": 5.0})
    assert (
        facts(asked("frikort", birth_date=date(2009, 1, 1), lives_in_norway=True, changed=dear)) == facts(cheap)[::-1]
    )


def flat(**changed):
    """Weights by which all rights and questions are alike, but for what is changed."""
    own = weights()
    alike = {
        "importance": dict.fromkeys(own.importance, 1.0),
        "share": (1, 1, 1),
        "cost": dict.fromkeys(own.cost, 1.0),
        "together": {},
    }
    for name, change in changed.items():
        alike[name] = {**alike[name], **change} if isinstance(change, dict) else change
    return replace(own, **alike)


def test_a_right_with_a_sign_that_it_concerns_them_asks_before_one_without():
    with_a_sign, without = "ledsagerbevis", "behandling-i-utlandet"
    known = {"birth_date": BORN, "lives_in_norway": True, "rare_diagnosis": False, "serious_condition": False}
    for share, first in (((1, 0.7, 0.4), with_a_sign), ((0.4, 0.7, 1), without)):
        assert asked(with_a_sign, without, **known, changed=flat(share=share))[0].rights == (first,)


def test_a_sensitive_question_is_not_first_even_where_it_is_worth_the_most():
    cheap = flat(cost={"injured_in_health_care": 0.01})
    found = asked("pasientskadeerstatning", "ledsagerbevis", birth_date=BORN, lives_in_norway=True, changed=cheap)
    assert facts(found) == ["needs_companion", "injured_in_health_care"]


def test_between_equals_the_one_that_settles_more_goes_first():
    found = facts(asked("barnekoordinator", birth_date=BORN, lives_in_norway=True, changed=flat()))
    assert found[0] == "family_expecting_or_has_child_with_serious_need"  # each of the others leaves the right open
    assert len(found) == 3


@pytest.mark.parametrize(("cost", "place"), [(1.2, 1), (2.0, 2)])
def test_a_related_question_follows_its_first_when_it_is_worth_nearly_as_much(cost, place):
    first, between, related = "needs_companion", "uses_long_term_prescription_items", "considers_treatment_abroad"
    page = frozenset({first, related})
    changed = flat(cost={between: 1.1, related: cost}, together={first: page, related: page})
    rights = ("ledsagerbevis", "legemidler-og-medisinsk-utstyr-blaa-resept", "behandling-i-utlandet")
    found = asked(*rights, birth_date=BORN, lives_in_norway=True, changed=changed)
    assert facts(found).index(related) == place
    assert {each.fact: each.together for each in found} == {first: (related,), between: (), related: (first,)}


def test_the_list_is_no_longer_than_asked_for_and_begins_alike():
    ten, three = asked(birth_date=BORN, limit=10), asked(birth_date=BORN, limit=3)
    assert len(ten) == 10
    assert facts(three) == facts(ten)[:3]


def test_what_the_reader_is_not_asked_for_is_left_out():
    book = rulebook()
    found = asked(birth_date=BORN, may_answer=lambda fact: book.facts[fact.id].question_youth is not None)
    assert found
    assert all(book.facts[each].question_youth for each in facts(found))


def test_the_order_is_the_same_however_the_rights_come():
    book = rulebook()
    situation = book.situation({"birth_date": BORN}, DAY)
    judged = [(rule, judge(rule, situation, book.vocabulary)) for rule in book.rules.values()]
    shuffled = random.Random(5).sample(judged, len(judged))
    in_order, in_another = (
        next_questions(each, situation, book.vocabulary, weights(), limit=200) for each in (judged, shuffled)
    )
    assert in_order == in_another


def test_a_right_that_nobody_has_weighed_means_what_most_do():
    unweighed = replace(weights(), importance={})
    assert {unweighed.means(right) for right in rulebook().rules} == {weights().otherwise}
    assert asked(birth_date=BORN, changed=unweighed)
