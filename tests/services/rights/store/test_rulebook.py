"""What the service ships: the facts word for word, and everything it refers to."""

import hashlib
import re
from pathlib import Path

import pytest
import yaml

from services.rights.store.files import DATA
from services.rights.store.laws import LawReference, references
from services.rights.store.rulebook import rulebook
from shared.texts import Lang

SERVICES = DATA.parents[1]


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


LABELS = {"id", "rare", "redundant"}
"""What our own rules say of a node beside the facts: its name, and how it is met."""


def without_labels(node):
    if isinstance(node, list):
        return [without_labels(each) for each in node]
    if isinstance(node, dict):
        return {key: without_labels(value) for key, value in node.items() if key not in LABELS}
    return node


def parsed(file: Path):
    return yaml.load(file.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def test_the_data_is_that_of_the_facts(facts_folder):
    pairs = {
        "facts.yaml": "facts.yaml",
        "rates.yaml": "rates.yaml",
        "organisations.yaml": "organisations.yaml",
        "law.yaml": "law/index.yaml",
    }
    assert {name for name, source in pairs.items() if digest(DATA / name) != digest(facts_folder / source)} == set()


def test_the_rules_say_what_the_facts_say_and_nothing_else(facts_folder):
    theirs = {file.name: parsed(file) for file in (facts_folder / "rights").glob("*.yaml")}
    ours = {file.name: parsed(file) for file in (DATA / "rules").glob("*.yaml")}
    assert ours.keys() == theirs.keys()
    assert [name for name, rule in ours.items() if {**rule, "when": without_labels(rule["when"])} != theirs[name]] == []


def test_the_forms_are_those_that_applications_ships():
    shipped = {file.stem for file in (SERVICES / "applications/data/forms").glob("*.yaml")}
    assert rulebook().forms == shipped


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("ftrl § 6-4 første ledd", [("§ 6-4 første ledd", "Folketrygdloven")]),
        (
            "pbrl § 7-2; fvl § 27 første ledd",
            [("§ 7-2", "Pasient- og brukerrettighetsloven"), ("§ 27 første ledd", "Forvaltningsloven (1967)")],
        ),
        ("none: kommunens egne regler", [("kommunens egne regler", None)]),
    ],
)
def test_a_law_value_leads_to_acts_with_their_addresses(law, expected):
    found = references(law, rulebook().acts)
    assert [(each.place, each.act) for each in found] == expected
    assert all((each.url or "").startswith("https://lovdata.no/") for each in found if each.act)


def test_a_law_that_is_not_listed_is_a_fault():
    with pytest.raises(ValueError, match="no act"):
        references("månelova § 1", rulebook().acts)
    assert references("none: vane", rulebook().acts) == (LawReference("vane", None, None),)


@pytest.mark.parametrize(
    ("number", "unit", "lang", "expected"),
    [
        (136549, "NOK/year", Lang.NB, "136\N{NO-BREAK SPACE}549 kroner i året"),
        (3.2, "NOK/km", Lang.NN, "3,20 kroner per km"),
        (32, "hours/week", Lang.EN, "32 hours per week"),
        (6, "G", Lang.NB, "6 G"),
        (4, None, Lang.NB, "4"),
    ],
)
def test_a_number_is_written_with_its_unit(number, unit, lang, expected):
    assert rulebook().texts.amount(number, unit, lang) == expected


def texts_of(block):
    """Every text of the file."""
    if isinstance(block, dict) and "nb" in block:
        yield block
    elif isinstance(block, dict):
        for each in block.values():
            yield from texts_of(each)


def test_our_own_words_stand_in_three_languages_with_the_same_names_to_fill_in():
    said = list(texts_of(yaml.safe_load((DATA / "texts.yaml").read_text(encoding="utf-8"))))
    names = [{lang: set(re.findall(r"{(\w+)}", text[lang])) for lang in ("nb", "nn", "en")} for text in said]
    assert len(said) > 50
    assert [each for each in names if each["nb"] != each["nn"] or each["nb"] != each["en"]] == []
