"""Every fact that a rule, a form or a question names is in the vocabulary, and what is asked has words."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contracts.stored import OWNER, ROOT, vocabulary

FILES = sorted({*(ROOT / "services").glob("*/data/**/*.yaml")} - {*(ROOT / "services").glob("*/data/facts.yaml")})
LANGUAGES = {"nb", "nn", "en"}


def facts_named_in(part: Any) -> Iterator[str]:
    """The value of every key `fact`, and every item of a list `derived_from`."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "fact" and isinstance(value, str):
                yield value
            yield from facts_named_in(value)
    elif isinstance(part, list):
        for each in part:
            yield from facts_named_in(each)


@cache
def read(file: Path) -> Any:
    return yaml.load(file.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT / "services")))
def test_every_fact_named_in_data_is_in_the_vocabulary(file):
    assert set(facts_named_in(read(file))) - set(vocabulary()) == set()


def test_a_fact_that_nobody_knows_is_found():
    tree = {"when": {"all": [{"fact": "birth_date"}, {"any": [{"fact": "no_such_fact"}]}]}}
    assert set(facts_named_in(tree)) - set(vocabulary()) == {"no_such_fact"}


def test_facts_are_named_in_the_data_at_all():
    assert len({fact for file in FILES for fact in facts_named_in(read(file))}) > 100


def test_every_told_fact_has_a_question_in_three_languages():
    facts = read(OWNER)["facts"]
    assert [
        name
        for name, fact in facts.items()
        if fact["from"] == "told" and not set(fact.get("question", {})) >= LANGUAGES
    ] == []
