"""A bad data file stops the start, named with its reason."""

import re

import pytest

from services.applications.store import forms, organisations
from services.applications.store.files import BadDataFile

GOOD = (forms.FOLDER / "avlastning.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("id: avlastning\n", "id: avlasting\n", "is not the file's name"),
        ("version: 1", "version: 0", "version"),
        ("fact: care_need_level", "fact: care_need", "no fact care_need"),
        ("fact: continuous_care_need", "fact: care_need_level", "stands twice"),
        ("fact: lives_in_norway", "fact: lives_in_norway, required: true", "cannot be required"),
        ("fact: lives_in_norway", "fact: life_threatening", "must be asked before"),
        ("fact: lives_in_norway", "fact: kindergarten_age", "not worked out here"),
        ("national_form: null", "national_from: null", "national_f"),
        ("title:", "title: [", "while parsing"),
    ],
)
def test_a_bad_form_is_named(tmp_path, before, after, reason):
    assert before in GOOD
    (tmp_path / "avlastning.yaml").write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadDataFile, match=re.escape(reason)) as raised:
        forms.load(tmp_path)
    assert "avlastning.yaml" in str(raised.value) or "facts.yaml" in str(raised.value)


def test_a_bad_organisation_is_named(tmp_path):
    file = tmp_path / "organisations.yaml"
    file.write_text("organisations:\n- {kind: nav, orgnr: '1', name: {nb: Nav}}\n")
    with pytest.raises(BadDataFile, match=r"organisations\.0\.orgnr"):
        organisations.load(file)
