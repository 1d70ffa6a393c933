"""What questions are worth and cost, as the file has it; a file that cannot be right stops the start."""

import pytest
import yaml

from services.rights.store.files import DATA, DataFault
from services.rights.store.questions import read_weights, weights
from services.rights.store.rulebook import rulebook

FILE = DATA / "questions.yaml"


def read(tmp_path, **changed):
    """The shipped file with these parts in the place of its own."""
    file = tmp_path / "questions.yaml"
    file.write_text(yaml.safe_dump(yaml.safe_load(FILE.read_text()) | changed))
    return read_weights(file, facts=rulebook().facts, rights=rulebook().rights.keys())


def test_every_right_has_a_weight_and_every_fact_a_cost():
    assert weights().importance.keys() == rulebook().rules.keys()
    assert weights().cost.keys() == rulebook().facts.keys()


def test_a_sensitive_question_costs_more_than_any_other_of_its_type():
    facts = rulebook().facts
    for name, cost in weights().cost.items():
        others = [
            weights().cost[each] for each, fact in facts.items() if fact.type is facts[name].type and not fact.sensitive
        ]
        assert not facts[name].sensitive or cost > max(others)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"importance": [{"why": "-", "weight": 1, "rights": ["no-such-right"]}]}, "no-such-right"),
        ({"importance": [{"why": "-", "weight": 1, "rights": ["bostotte", "bostotte"]}]}, "named twice"),
        ({"importance": [{"why": "-", "weight": 0, "rights": ["bostotte"]}]}, "greater than 0"),
        ({"together": [{"why": "-", "facts": ["in_school", "no_such_fact"]}]}, "no_such_fact"),
        ({"together": [{"why": "-", "facts": ["in_school", "tinnitus"]}] * 2}, "named twice"),
        ({"cost": {"why": "-", "by_type": {"boolean": 1}, "sensitive": 3}}, "no cost for"),
    ],
)
def test_what_does_not_exist_stands_twice_or_is_missing_is_a_fault(tmp_path, changed, reason):
    with pytest.raises(DataFault, match=reason):
        read(tmp_path, **changed)
