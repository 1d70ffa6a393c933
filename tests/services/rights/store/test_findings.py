"""The linter of the rules: every kind of fault, planted in what we ship, is found with its file and its node."""

from datetime import date

import pytest

from services.rights.features.check_rules import check_rules
from services.rights.rules import main
from services.rights.store.files import DATA, Packed
from services.rights.store.right_texts import read_right_texts
from services.rights.store.rulebook import rulebook
from services.rights.store.written import counted, missing_texts
from tests.services.rights.store.planted import content, planted, shipped, with_file

DAY = date(2026, 11, 25)
RIGHT = "hjelpestonad"
FILE = f"rules/{RIGHT}.yaml"
LAW = "ftrl § 6-4 første ledd"
CHILD = {"id": "child", "fact": "child_age", "below": 18, "law": LAW}
MEMBER = {"id": "again", "fact": "national_insurance_member", "is": True, "law": LAW}
GROWN = {"id": "grown", "fact": "child_age", "at_least": 18, "law": LAW}


def two_exceptions(first, second):
    return {
        "id": "rule",
        "general": CHILD,
        "exceptions": [{"label": "one", "when": first}, {"label": "two", "when": second, "then": MEMBER}],
    }


def version(start, until):
    return {
        "valid": {"from": start, "until": until},
        "when": {"id": "conditions", "all": [CHILD]},
        "confidence": "sourced",
        "unverified": [],
    }


FAULTS = {
    "missing legal reference": (("when", "all", 0, "any", 0, "law"), None, "member", "no legal reference"),
    "never true": (("when", "all", 4), {"id": "x", "all": [CHILD, GROWN]}, "conditions", "it can never be true"),
    "never false": (("when",), {"id": "top", "any": [CHILD, GROWN]}, "top", "it can never be false"),
    "unreachable": (
        ("when", "all", 0, "any", 2),
        {"id": "both", "all": [MEMBER, GROWN]},
        "both",
        "it is unreachable: whatever is known, the outcome is the same without it",
    ),
    "wrongly redundant": (
        ("when", "all", 0, "any", 0, "redundant"),
        True,
        "member",
        "it is marked as redundant, and the outcome needs it",
    ),
    "missing id": (("when", "all", 0, "any", 0, "id"), None, "when.all.0.any.0", "the node has no id"),
    "duplicate id": (
        ("when", "all", 0, "any", 0, "id"),
        "occupational-injury",
        "when.all.0.any.0",
        "2 nodes are called 'occupational-injury'",
    ),
    "unknown fact": (("when", "all", 0, "any", 0, "fact"), "moon", "when.all.0.any.0", "unknown fact 'moon'"),
    "unknown right": (("links", "see_also"), ["no-such-right"], "links.see_also", "no right 'no-such-right'"),
    "unknown rate": (
        ("when", "all", 4),
        {"id": "x", "fact": "child_age", "below": {"rate": "moon"}, "law": LAW},
        "when.all.4",
        "child_age is in years, the rate moon in nothing: it does not exist",
    ),
    "overlapping versions": (
        ("earlier",),
        [version(date(2020, 1, 1), date(2022, 1, 1)), version(date(2021, 1, 1), date(2023, 1, 1))],
        "earlier.1.valid",
        "from 2021-01-01, and the version before it until 2022-01-01: they overlap",
    ),
    "version that ends before it begins": (
        ("earlier",),
        [version(date(2022, 1, 1), date(2020, 1, 1))],
        "earlier.0.valid",
        "it ends (2020-01-01) before it begins (2022-01-01)",
    ),
    "a path that leads nowhere": (("unverified", 0), "when.all.9", "unverified.0", "when.all.9 leads nowhere"),
    "two exceptions at once": (
        ("when", "all", 4),
        two_exceptions({**MEMBER, "id": "a"}, {**CHILD, "id": "b"}),
        "when.all.4",
        "rule: the exceptions 'one' and 'two' can apply at once",
    ),
    "law that does not parse": (
        ("begins", "law"),
        "ftrl §§ 22-12 og 22-13",
        "begins.law",
        "no act for the law reference 'ftrl §§ 22-12 og 22-13'",
    ),
    "missing text": (("summary", "nb"), None, "summary.nb", "Field required"),
}


def found(pack, only=(RIGHT,)):
    return [(each.file, each.node, each.what) for each in check_rules(pack, DAY, only).faults]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_in_a_rule_is_named_with_file_and_node(kind):
    path, value, node, what = FAULTS[kind]
    assert (FILE, node, what) in found(planted(FILE, path, value))


def test_rights_that_wait_for_each_other_are_a_fault():
    pack = planted(FILE, ("links", "reduces"), ["grunnstonad"])
    pack = planted("rules/grunnstonad.yaml", ("links", "excludes"), [RIGHT], pack)
    (only,) = found(pack)
    assert only[0] in (FILE, "rules/grunnstonad.yaml")
    assert only[1] == "links"
    assert "hjelpestonad" in only[2]
    assert "grunnstonad" in only[2]


def test_every_fault_of_every_file_is_found_at_once():
    pack = planted(FILE, ("when", "all", 0, "any", 0, "id"), None)
    pack = planted("rules/grunnstonad.yaml", ("id",), "other", pack)
    assert {file for file, _, _ in found(pack)} == {FILE, "rules/grunnstonad.yaml"}


def test_two_producers_of_one_fact_are_a_fault():
    text = shipped().files["facts.yaml"].decode()
    again = "\n  child_age:" + text.split("\n  child_age:")[1].split("\n  child_age_")[0]
    (twice,) = found(Packed({**shipped().files, "facts.yaml": (text + again).encode()}))
    assert twice[:2] == ("facts.yaml", "the whole file")
    assert "'child_age' stands twice" in twice[2]
    (told_and_derived,) = found(planted("facts.yaml", ("facts", "lives_in_norway", "derived_from"), ["birth_date"]))
    assert told_and_derived == (
        "facts.yaml",
        "facts.lives_in_norway.derived_from",
        "two say what it is: a derived fact, and no other, follows from others",
    )
    rates = content("rates.yaml")
    rates["rates"].append(rates["rates"][0])
    (rate,) = found(with_file("rates.yaml", rates))
    assert rate[0] == "rates.yaml"
    assert rate[2] == f"two rates are called {rates['rates'][0]['id']!r}"


def test_a_derived_fact_that_nothing_works_out_is_a_fault_and_one_that_no_rule_uses_a_warning():
    moon = {**content("facts.yaml")["facts"]["child_age"], "meaning": "Månens alder"}
    pack = planted("facts.yaml", ("facts", "moon_age"), moon)
    said = [(each.what, each.is_fault) for each in check_rules(pack, DAY).findings if each.node == "moon_age"]
    assert said == [
        ("no rule uses the fact", False),
        ("nothing works out the fact, or it is worked out and told", True),
    ]


def rate(pack, rate_id, on=DAY):
    return [
        (each.what.partition(";")[0], each.is_fault)
        for each in check_rules(pack, on, ()).findings
        if (each.file, each.node) == ("rates.yaml", rate_id)
    ]


def test_a_rate_past_the_day_it_was_verified_for_is_a_warning_with_that_day():
    assert rate(shipped(), "bpa.timer_rett") == [("it was verified until 2026-07-28", False)]
    assert rate(shipped(), "egenandelstak") == [("nobody has verified its value", False)]
    assert rate(shipped(), "bpa.timer_rett", on=date(2026, 7, 28)) == []


def test_a_rate_whose_last_value_has_ended_is_a_fault_unless_a_note_says_why():
    rates = content("rates.yaml")
    (bpa,) = (each for each in rates["rates"] if each["id"] == "bpa.timer_rett")
    bpa["values"][0]["until"] = date(2026, 8, 1)
    bpa.pop("note", None)
    assert rate(with_file("rates.yaml", rates), "bpa.timer_rett") == [("its last value ended on 2026-08-01", True)]
    bpa["note"] = "Stortinget har ikke satt den nye."
    assert rate(with_file("rates.yaml", rates), "bpa.timer_rett") == [("its last value ended on 2026-08-01", False)]
    assert rate(shipped(), "bpa.timer_rett", on=date(2020, 1, 1)) == [("it has no value", False)]


def test_what_is_not_written_is_named_and_counted_by_language_and_state(tmp_path):
    (tmp_path / f"{RIGHT}.yaml").write_text(
        f"right: {RIGHT}\n"
        "summary: {nn: {text: For den som treng tilsyn, state: machine}}\n"
        "youth: {nb: {text: Til deg, state: human}, nn: {text: Til deg, state: machine}, en: {text: For you, state: machine}}\n"
        "assess: {lasting-all-the-same: {en: {text: Whether it lasts, state: machine}}}\n",
        encoding="utf-8",
    )
    rights = {RIGHT: rulebook().rights[RIGHT]}
    texts = read_right_texts(tmp_path, rights)
    missing = {each.node: each.what for each in missing_texts(rights, texts)}
    assert missing == {
        "summary": "no text in en",
        "notes": "no text in nn, en",
        "transitions.0": "no text in nn, en",
        "lasting-all-the-same": "no text in nn",
        "care-worth-the-lowest-rate": "no text in nn, en",
        "short-or-part-time-stay": "no text in nn, en",
    }
    numbers = counted(rights, texts)
    assert numbers["nn", "machine"] == 1
    assert numbers["nn", "missing"] == 5
    assert numbers["youth nb", "human"] == 1
    assert {each.node for each in missing_texts(rights, {})} == {*missing, "youth"}


def test_the_rules_that_we_ship_have_no_fault():
    report = check_rules(DATA, DAY)
    assert report.faults == []
    assert sum(report.counts["rights"].values()) == len(rulebook().rights)
    assert [each.node for each in report.findings if each.file == "facts.yaml"] == ["long_term", "number_of_children"]


def test_the_command_says_what_it_found_and_fails_when_there_is_a_fault(capsys):
    assert main([RIGHT], shipped()) == 0
    assert "0 faults, " in capsys.readouterr().out
    assert main([RIGHT], planted(FILE, ("when", "all", 0, "any", 0, "law"), None)) == 1
    said = capsys.readouterr().out.splitlines()
    assert f"FAULT  {FILE}: member: no legal reference" in said
    assert said[-1].startswith("1 faults, ")
