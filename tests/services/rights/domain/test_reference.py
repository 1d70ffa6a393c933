"""Our answers against those of the facts' own reference evaluator (check.py): all rights, on hundreds of made-up situations.

`SOMLOS_RIGHTS=long` tries ten thousand.
"""

import os
import random
from datetime import date
from types import ModuleType

import pytest

from services.rights.domain.verdict import judge
from services.rights.store.rulebook import rulebook
from tests.services.rights.profiles import random_profile, situation_of
from tests.services.rights.reference import read_reference

DAYS = (date(2026, 11, 22), date(2022, 6, 1), date(2026, 7, 30), date(2027, 6, 1))
SEEDS = 100 if os.environ.get("SOMLOS_RIGHTS") == "long" else 6
PROFILES_A_SEED = 100


@pytest.fixture(scope="module")
def reference(facts_folder) -> ModuleType:
    return read_reference(facts_folder)


@pytest.fixture(scope="module")
def data(reference):
    """Rights, rates and vocabulary as the reference reads them."""
    return reference.rights(), reference.rates(), reference.facts()


def theirs(reference, right, profile, day, rates, vocabulary):
    verdict, missing = reference.verdict(right, profile, day, rates, vocabulary)
    undecided = verdict == "possible_missing_facts"
    registers = reference.open_facts(right, profile, day, rates, vocabulary)[1] if undecided else set()
    return verdict, missing, registers, reference.confidence_of(right, profile, day, rates)


def ours(rule, situation):
    found = judge(rule, situation, rulebook().vocabulary)
    confidence = found.confidence.label if found.confidence is not None else None
    return found.verdict.value, found.missing, found.from_register, confidence


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_right_has_the_verdict_the_missing_facts_and_the_confidence_of_the_reference(reference, data, seed):
    rights, rates, vocabulary = data
    rng, differences = random.Random(seed), []
    for _ in range(PROFILES_A_SEED):
        profile, day = random_profile(rng), rng.choice(DAYS)
        situation = situation_of(profile, day)
        for name, right in rights.items():
            expected = theirs(reference, right, profile, day, rates, vocabulary)
            if ours(rulebook().rules[name], situation) != expected:
                differences.append((name, day, profile))
    assert differences == []


def test_there_are_as_many_rights_as_in_the_facts(data):
    assert rulebook().rules.keys() == data[0].keys()
