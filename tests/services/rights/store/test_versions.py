"""Rules through time and rules in forms that what we ship does not use: made-up ones."""

from datetime import date

import pytest

from services.rights.domain.month_rule import MonthRule
from services.rights.domain.verdict import judge
from services.rights.store.files import DATA, DataFault, packed
from services.rights.store.rulebook import read_rulebook, rulebook
from tests.services.rights.store.planted import content, planted, shipped, with_file

RIGHT = "hjelpestonad"
FILE = f"rules/{RIGHT}.yaml"
LAW = "ftrl § 6-4 første ledd"
NEW, OLD = date(2026, 1, 1), date(2024, 1, 1)


def aged(**bounds):
    name = "-".join(f"{comparator}-{bound}".replace("_", "-") for comparator, bound in bounds.items())
    return {"id": name, "fact": "child_age", **bounds, "law": LAW}


def told(fact, value=True):
    return {"id": fact.replace("_", "-"), "fact": fact, "is": value, "law": LAW}


def with_rule(when, **others):
    """What we ship, with this as the newest version of the right."""
    return read_rulebook(with_file(FILE, {**content(FILE), "when": when, **others}))


def verdict(book, day, rule=None, **known):
    return judge(rule or book.rules_on(day)[RIGHT], book.situation(known, day), book.vocabulary).verdict.value


@pytest.fixture(scope="module")
def changed():
    """For those under 18 from 2026 on, under 16 in 2024 and 2025, and unknown before."""
    earlier = {
        "valid": {"from": OLD, "until": NEW},
        "when": {"id": "conditions", "all": [aged(below=16)]},
        "begins": {"rule": "same_month", "law": LAW},
        "confidence": "uncertain",
        "unverified": [],
    }
    when = {"id": "conditions", "all": [aged(below=18)]}
    return with_rule(when, valid={"from": NEW, "until": None}, earlier=[earlier])


BORN = date(2008, 6, 1)


def test_old_law_decides_old_days(changed):
    assert verdict(changed, date(2025, 12, 31), birth_date=BORN) == "not_relevant"
    assert verdict(changed, NEW, birth_date=BORN) == "likely"
    assert verdict(changed, date(2024, 5, 31), birth_date=BORN) == "must_be_assessed"


def test_a_version_is_in_force_from_its_first_day_until_the_day_it_ends(changed):
    days = (date(2023, 12, 31), OLD, date(2025, 12, 31), NEW)
    assert [changed.version_on(RIGHT, day) for day in days] == [
        None,
        *[changed.versions[RIGHT][0]] * 2,
        changed.versions[RIGHT][1],
    ]
    assert RIGHT not in changed.rules_on(days[0])
    assert {OLD, NEW} <= set(changed.version_days)
    assert changed.rules[RIGHT] is changed.rules_on(NEW)[RIGHT]


def test_a_version_has_its_own_month_rule_and_its_own_confidence(changed):
    old, new = changed.versions[RIGHT]
    assert (old.begins, new.begins) == (MonthRule.SAME_MONTH, MonthRule.NEXT_MONTH)
    assert (old.rule.confidence.label, new.rule.confidence.label) == ("uncertain", "sourced")


def test_rules_that_are_kept_are_read_again_as_the_same(tmp_path):
    kept = packed(DATA)
    assert read_rulebook(kept).digest == rulebook().digest
    assert read_rulebook(kept).rules.keys() == rulebook().rules.keys()


def test_the_digest_changes_with_what_decides_and_with_nothing_else():
    before = read_rulebook(shipped()).digest
    assert read_rulebook(planted("rates.yaml", ("rates", 0, "values", 0, "value"), 1)).digest != before
    assert read_rulebook(planted(FILE, ("confidence",), "memory")).digest != before
    assert read_rulebook(planted("texts.yaml", ("set_aside", "nb"), "Satt til side.")).digest == before


def test_a_pack_that_lacks_a_file_is_a_fault():
    kept = dict(shipped().files)
    del kept["rates.yaml"]
    with pytest.raises(DataFault, match=r"rates\.yaml"):
        read_rulebook(type(shipped())(kept))


GENERAL = {
    "id": "rule",
    "general": aged(below=18),
    "exceptions": [
        {"label": "institution", "when": told("lives_in_institution")},
        {
            "label": "grown",
            "rare": True,
            "when": {"id": "grown-at-home", "all": [aged(at_least=18), told("lives_at_home")]},
            "then": told("has_disability"),
        },
    ],
}


@pytest.fixture(scope="module")
def excepted():
    closed = {
        **GENERAL["exceptions"][0],
        "when": {"id": "child-in", "all": [aged(below=12), told("lives_in_institution")]},
    }
    return with_rule({**GENERAL, "exceptions": [closed, GENERAL["exceptions"][1]]})


@pytest.mark.parametrize(
    ("birth", "known", "expected"),
    [
        (2018, {"lives_in_institution": False}, "likely"),
        (2018, {"lives_in_institution": True}, "unlikely"),
        (2010, {}, "likely"),
        (2005, {"lives_at_home": True, "has_disability": True}, "likely"),
        (2005, {"lives_at_home": True, "has_disability": False}, "unlikely"),
        (2005, {"lives_at_home": False}, "unlikely"),
        (2005, {"has_disability": True}, "possible_missing_facts"),
    ],
)
def test_an_exception_takes_the_place_of_the_general_rule_or_closes_it(excepted, birth, known, expected):
    assert verdict(excepted, date(2026, 11, 25), birth_date=date(birth, 1, 1), **known) == expected


def test_exceptions_that_can_apply_at_once_are_refused():
    with pytest.raises(DataFault, match="'institution' and 'grown' can apply at once") as fault:
        with_rule(GENERAL)
    assert (str(fault.value.file), fault.value.path) == (FILE, "when")


def test_a_condition_may_be_about_any_child_of_the_family():
    book = with_rule({"id": "family", "any_child": told("has_disability")})
    assert verdict(book, NEW, has_disability=True) == "likely"
    assert verdict(book, NEW, has_disability=False) == "must_be_assessed"  # nobody has told of the others
    book = with_rule({"id": "family", "every_child": told("has_disability")})
    assert verdict(book, NEW, has_disability=False) == "unlikely"
    assert verdict(book, NEW, has_disability=True) != "likely"


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ({"id": "a", "general": aged(below=18)}, "a general rule, and nothing else, has exceptions"),
        ({"id": "a", "all": [aged(below=18)], "exceptions": GENERAL["exceptions"]}, "a general rule, and nothing else"),
        ({"id": "a", "general": aged(below=18), "exceptions": []}, "at least 1 item"),
        ({**aged(below=18), "id": "Under 18"}, "should match pattern"),
        ({**aged(below=18), "rare": False}, "Input should be True"),
        ({"id": "a", "n_of": 2, "of": [aged(below=18)]}, "at least so many"),
    ],
)
def test_a_node_of_no_known_form_is_refused(when, reason):
    with pytest.raises(DataFault, match=reason):
        with_rule(when)


def test_a_right_comes_after_those_that_open_exclude_or_reduce_it():
    order = rulebook().order
    assert len(order) == len(rulebook().rights)
    for right in rulebook().rights.values():
        links = right.links
        for other in (*links.gives_access_to, *links.excludes, *links.reduces):
            assert order.index(right.id) < order.index(other)


def test_a_situation_knows_which_days_its_rates_are_for_and_which_have_ended():
    now, before = (rulebook().situation({}, day) for day in (date(2026, 11, 25), date(2020, 1, 1)))
    assert now.intervals["bpa.timer_rett"].verified_until == date(2026, 7, 28)
    assert now.intervals.keys() == now.rates.keys()
    assert "grunnstonad.sats_1" in now.ended
    assert "grunnstonad.sats_1" in before.rates
    assert "bpa.timer_rett" not in before.ended | before.rates.keys()  # it never had a value then
