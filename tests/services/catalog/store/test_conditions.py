"""Condition trees in every form that a rule file may have, as far as ages are concerned."""

import pytest

from services.catalog.store.conditions import to_condition


def aged(**bounds):
    return {"fact": "child_age", **bounds}


TOLD = {"fact": "has_disability", "is": True}
EXCEPTED = {
    "general": aged(below=18),
    "exceptions": [
        {"label": "infant", "when": aged(below=1)},
        {"label": "grown", "when": aged(at_least=20), "then": TOLD},
    ],
}


@pytest.mark.parametrize(("age", "expected"), [(0, False), (1, True), (17, True), (18, False), (19, False), (20, None)])
def test_an_exception_closes_the_general_rule_or_takes_its_place(age, expected):
    assert to_condition(EXCEPTED).truth(age) is expected


@pytest.mark.parametrize("form", ["any_child", "every_child"])
def test_what_is_about_other_children_too_is_open_at_every_age(form):
    assert to_condition({form: aged(below=18)}).truth(30) is None


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"all": [aged(below=18), TOLD]}, False),
        ({"any": [aged(below=18), aged(at_least=18)]}, True),
        ({"not": aged(below=18)}, True),
        ({"n_of": 2, "of": [aged(at_least=18), aged(at_least=20), aged(below=18)]}, True),
        ({"assess": "Om det er slik", "by": "nav"}, None),
        ({"fact": "child_age", "below": {"rate": "grense"}}, None),
    ],
)
def test_every_other_form_is_read(node, expected):
    assert to_condition(node).truth(30) is expected
