"""What the catalog ships, and that a bad file stops the start."""

import re
import shutil

import pytest
import yaml

from services.catalog.store.catalogue import catalogue, read_catalogue
from services.catalog.store.files import DATA, DataFault


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


RIGHT = "rules/avlastning.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "reason"),
    [
        (RIGHT, "id: avlastning", "id: pause", "id", "not the file's name"),
        (RIGHT, "authority: municipality", "authority: the_moon", "authority", "'the_moon' is not known"),
        (RIGHT, "area: care", "area: stars", "area", "Input should be"),
        (RIGHT, "lov/2011-06-24-30", "lov/1800-01-01-1", "law.0.ref", "'lov/1800-01-01-1' is not known"),
        (RIGHT, "rate: avlastning.egenandel", "rate: avlastning.gratis", "amounts.0.rate", "is not known"),
        (
            RIGHT,
            "see_also: [omsorgsstonad",
            "see_also: [no-such-right",
            "links.see_also",
            "'no-such-right' is not known",
        ),
        (RIGHT, "confidence: sourced\nunverified", "unverified", "confidence", "Field required"),
        (RIGHT, "  all:\n", "  every:\n", "when", ""),
        ("texts.yaml", "  km:", "  miles:", "units", "no text for ['km']"),
        ("rates.yaml", "compiled_on: 2026-11-22", "compiled_on: yesterday", "meta.compiled_on", "valid date"),
        ("organisations.yaml", "- id: nav\n", "- name: nav\n", "organisations.0", ""),
        ("law.yaml", "  ref: lov/2005-06-17-62\n", "", "acts.1.ref", "Field required"),
    ],
)
def test_a_bad_file_is_named_with_place_and_reason(folder, file, old, new, where, reason):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFault) as fault:
        read_catalogue(folder)
    assert fault.value.file == folder / file
    assert fault.value.path.startswith(where) or not reason
    assert reason in fault.value.reason


def test_a_folder_without_services_is_named(folder):
    shutil.rmtree(folder / "rules")
    with pytest.raises(DataFault, match="no services here"):
        read_catalogue(folder)


def test_every_right_of_the_facts_is_a_service(facts_folder):
    assert catalogue().services.keys() == {file.stem for file in (facts_folder / "rights").glob("*.yaml")}


def texts_of(block):
    if isinstance(block, dict) and "nb" in block:
        yield block
    elif isinstance(block, dict):
        for each in block.values():
            yield from texts_of(each)


def test_our_own_words_stand_in_three_languages_with_the_same_names_to_fill_in():
    said = list(texts_of(yaml.safe_load((DATA / "texts.yaml").read_text(encoding="utf-8"))))
    names = [{lang: set(re.findall(r"{(\w+)}", text[lang])) for lang in ("nb", "nn", "en")} for text in said]
    assert [each for each in names if each["nb"] != each["nn"] or each["nb"] != each["en"]] == []
