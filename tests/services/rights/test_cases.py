"""The cases of every right come out as they were written from the law, and no right lacks one that it must have."""

import pytest

from services.rights.store.files import DataFault
from services.rights.store.rulebook import rulebook
from tests.services.rights.cases import CASES, all_cases, read_cases
from tests.services.rights.cases_missing import all_lacking

RIGHTS = sorted(file.stem for file in CASES.glob("*.yaml"))


@pytest.mark.parametrize("right", RIGHTS)
def test_every_case_comes_out_as_the_law_says(right):
    book = rulebook()
    rule = book.rules[right]
    wrong = [f"{right}.yaml: {case.stated.name}: {out}" for case in all_cases()[right] if (out := case.got(rule, book))]
    assert wrong == []


def test_every_right_has_the_cases_that_it_must_have():
    assert all_lacking() == {}


GOOD = """
right: frikort
law: [{ref: ftrl § 5-3, read: 2026-06-20}]
cases:
  - name: En jente på 16 år
    law: ftrl § 5-3 andre ledd
    on: 2026-11-25
    facts: {birth_date: 2010-01-01}
    verdict: likely
"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("birth_date: 2010-01-01", "child_age: 16", "cases.0.facts: child_age follows from others"),
        ("birth_date: 2010-01-01", "shoe_size: 38", "cases.0.facts: unknown fact 'shoe_size'"),
        ("birth_date: 2010-01-01", "lives_in_norway: 3", "cases.0.facts.lives_in_norway: not a boolean"),
        ("birth_date: 2010-01-01", "school_level: 4", "cases.0.facts.school_level: not a enum"),
        ("birth_date: 2010-01-01", "school_level: nine", "cases.0.facts.school_level: 'nine' is none of"),
        ("verdict: likely", "verdict: perhaps", "cases.0.verdict: Input should be"),
        ("ftrl § 5-3 andre ledd", "månelova § 1", "cases.0.law: no act"),
        ("right: frikort", "right: hjelpestonad", "right: 'hjelpestonad' is not the right"),
        ("verdict: likely", "verdict: likely\n    not_known: [birth_date]", "not_known: birth_date has a value"),
    ],
)
def test_a_case_that_cannot_be_is_a_fault_with_its_place(tmp_path, good, bad, said):
    file = tmp_path / "frikort.yaml"
    file.write_text(GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(DataFault, match=said.replace(".", r"\.")):
        read_cases(file, rulebook())


def test_a_case_that_comes_out_otherwise_says_what_was_expected_and_what_came(tmp_path):
    (tmp_path / "frikort.yaml").write_text(GOOD, encoding="utf-8")
    book = rulebook()
    [case] = read_cases(tmp_path / "frikort.yaml", book)
    assert case.got(book.rules["frikort"], book) == "verdict: expected likely, got possible_missing_facts"
