"""A bad data file stops the start, and says which file, where in it, and why."""

import shutil

import pytest

from services.rights.store.files import DataFault
from services.rights.store.rulebook import read_rulebook
from tests.services.rights.store.planted import planted, shipped


@pytest.fixture
def folder(tmp_path):
    for name, content in shipped().files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


ATOM = ("when", "all", 0, "any", 0)
RIGHT = "rules/hjelpestonad.yaml"


@pytest.mark.parametrize(
    ("file", "path", "value", "where", "reason"),
    [
        (RIGHT, ("id",), "grunnstonad", "id", "not the file's name"),
        (RIGHT, ("summary",), None, "summary", "Field required"),
        (RIGHT, ("colour",), "red", "colour", "Extra inputs"),
        (RIGHT, ("confidence",), "certain", "confidence", "'sourced', 'uncertain' or 'memory'"),
        (RIGHT, (*ATOM, "fact"), "no_such_fact", "when.all.0.any.0", "unknown fact 'no_such_fact'"),
        (RIGHT, (*ATOM, "is"), "yes", "when.all.0.any.0", "is no value of national_insurance_member"),
        (RIGHT, (*ATOM, "at_least"), 3, "when.all.0.any.0", "at_least does not fit the boolean"),
        (RIGHT, (*ATOM, "assess"), "noe", "when.all.0.any.0", "exactly one of"),
        (RIGHT, (*ATOM, "law"), "ukjentloven § 1", "when.all.0.any.0.law", "no act for the law reference"),
        (RIGHT, ("complaint", "law"), "ukjentloven § 2", "complaint.law", "no act for the law reference"),
        ("rates.yaml", ("rates", 1, "law"), "btrl", "barnetrygd.ordinaer.law", "no act for the law reference"),
        (RIGHT, ("when", "all"), [], "when.all", "at least 1 item"),
        (
            RIGHT,
            ("when", "all", 1, "any", 1, "all", 1, "by"),
            "nobody",
            "when.all.1.any.1.all.1.by",
            "unknown authority",
        ),
        (RIGHT, ("amounts", 0, "rate"), "hjelpestonad.sats_9", "amounts.0.rate", "unknown rate"),
        ("rules/grunnstonad.yaml", ("application", "who_may"), ["grandmother"], "application.who_may.0", "'guardian'"),
        (
            "facts.yaml",
            ("facts", "condition_permanent", "question"),
            None,
            "facts.condition_permanent",
            "has a question",
        ),
        (
            "facts.yaml",
            ("facts", "care_need_level", "values"),
            ["none"],
            "facts.care_need_level.labels",
            "labels and values differ",
        ),
        (
            "facts.yaml",
            ("facts", "child_age", "derived_from"),
            ["moon"],
            "facts.child_age.derived_from",
            "an unknown fact",
        ),
        (
            "facts.yaml",
            ("facts", "in_school", "ask_when", 0, "fact"),
            "moon",
            "facts.in_school.ask_when.0",
            "unknown fact 'moon'",
        ),
        ("rates.yaml", ("rates", 0, "values", 0, "until"), "1990-01-01", "rates.0.values", "does not end before"),
        ("rates.yaml", ("rates", 0, "unit"), None, "rates.0.unit", "Field required"),
        ("forms.yaml", ("forms",), ["no-such-right"], "forms", "no rights"),
        ("texts.yaml", ("verdicts", "likely"), None, "verdicts", "no text for ['likely']"),
        ("texts.yaml", ("units", "km"), None, "units", "no text for ['km']"),
        ("derived.yaml", ("school_start", "month"), None, "school_start.month", "Field required"),
        ("law.yaml", ("acts", 0, "url"), None, "acts.0.url", "Field required"),
        ("organisations.yaml", ("organisations", 0, "name", "nb"), None, "organisations.0.name.nb", "Field required"),
    ],
)
def test_a_bad_file_is_named_with_place_and_reason(folder, file, path, value, where, reason):
    (folder / file).write_bytes(planted(file, path, value).files[file])
    with pytest.raises(DataFault) as fault:
        read_rulebook(folder)
    assert fault.value.file == folder / file
    assert fault.value.path == where
    assert reason in fault.value.reason
    assert str(folder / file) in str(fault.value)


def test_a_file_that_is_no_yaml_is_named(folder):
    (folder / RIGHT).write_text("when: [", encoding="utf-8")
    with pytest.raises(DataFault) as fault:
        read_rulebook(folder)
    assert fault.value.file == folder / RIGHT


def test_a_file_that_is_not_there_is_named(folder):
    (folder / "rates.yaml").unlink()
    with pytest.raises(DataFault) as fault:
        read_rulebook(folder)
    assert fault.value.file == folder / "rates.yaml"


def test_a_folder_without_rights_is_named(folder):
    shutil.rmtree(folder / "rules")
    with pytest.raises(DataFault, match="no rights here"):
        read_rulebook(folder)
