"""A fault in a rule makes a case of that right fail: a seeded sample of them. All of them: `make mutants`."""

import random

from services.rights.store.rulebook import rulebook
from tests.services.rights.cases import all_cases
from tests.services.rights.mutants import WANTED, every, outcome

PER_RIGHT = 4


def test_a_fault_in_a_rule_is_noticed_by_a_case():
    book, chance = rulebook(), random.Random(6)
    found = []
    for right, cases in all_cases().items():
        faults = every(book.rules[right], book)
        found.append(outcome(book.rules[right], cases, book, chance.sample(faults, min(PER_RIGHT, len(faults)))))
    killed, survived = sum(each.killed for each in found), sum(len(each.survivors) for each in found)
    assert killed / (killed + survived) >= WANTED, [each.survivors for each in found if each.survivors]


def test_cases_that_say_nothing_notice_nothing():
    book = rulebook()
    for_nothing = outcome(book.rules["frikort"], (), book)
    assert for_nothing.killed == 0
    assert {mutant.fault for mutant in for_nothing.survivors} >= {
        "at_least is above",
        "assess dropped",
        "branch dropped",
    }
