"""What a change of rules does to people: who gains, who loses, at which node, and never a few of them."""

import json
import shutil

import pytest

from services.rights.bulk.__main__ import main
from services.rights.bulk.difference import Difference, Move
from services.rights.domain.verdict import Verdict
from services.rights.store.files import DATA

RIGHT = "bostotte"
PAYS = "- {id: pays-housing-costs, fact: pays_housing_costs, is: true, law: bustøttelova § 3 bokstav b}"
UNDER_18 = "{id: under-18, fact: child_age, below: 18,"
YOUNG = {"lives_in_norway": True, "birth_date": "2012-03-02", "pays_housing_costs": True}


@pytest.fixture
def folders(tmp_path):
    """The rules as they are, and as they would be: written by `changing`."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("rules", "cases", "texts", "__pycache__"))
        (folder / "texts").mkdir()
        (folder / "rules").mkdir()
        (folder / "forms.yaml").write_text("forms: []\n")
        shutil.copy(DATA / "rules" / f"{RIGHT}.yaml", folder / "rules")
        rule = folder / "rules" / f"{RIGHT}.yaml"
        rule.write_text(rule.read_text().partition("links:")[0] + "links: {}\n" + _after_links(rule.read_text()))
    return old, new


def _after_links(text):
    """What of a rule's file follows its links."""
    rest = text.partition("links:")[2].splitlines(keepends=True)[1:]
    return "".join(rest[next((at for at, line in enumerate(rest) if not line.startswith(" ")), len(rest)) :])


def changed(folder, before, after):
    rule = folder / "rules" / f"{RIGHT}.yaml"
    text = rule.read_text()
    assert before in text
    rule.write_text(text.replace(before, after))


def people(tmp_path, *told):
    file = tmp_path / "people.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in told))
    return file


def run(capsys, *arguments):
    code = main([str(each) for each in (*arguments, "--on", "2026-11-25")])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_who_gains_is_told_with_the_node_that_let_them(folders, tmp_path, capsys):
    old, new = folders
    changed(new, PAYS, PAYS.replace("is: true", "is: false"))
    told = [{**YOUNG, "pays_housing_costs": False}] * 6 + [YOUNG] * 7
    code, out, err = run(capsys, old, new, people(tmp_path, *told))
    assert code == 0
    assert out.splitlines() == [
        "13 people on 2026-11-25; numbers under 5 are not told.",
        "bostotte: 6 gains: unlikely → must_be_assessed; at pays-housing-costs (6)",
        "bostotte: 7 loses: must_be_assessed → unlikely; at pays-housing-costs (7)",
    ]
    assert err == "13 people judged\n"


def test_a_few_are_not_counted_nor_are_the_nodes_that_would_give_them_away(folders, tmp_path, capsys):
    old, new = folders
    changed(new, PAYS, PAYS.replace("is: true", "is: false"))
    _, out, _ = run(capsys, old, new, people(tmp_path, *[YOUNG] * 4))
    assert out.splitlines()[1:] == ["bostotte: fewer than 5 loses: must_be_assessed → unlikely; at pays-housing-costs"]
    few_at_a_node = Difference()
    move = Move(RIGHT, Verdict.LIKELY, Verdict.UNLIKELY)
    few_at_a_node.add(move, 9, {"one": 7, "other": 2})
    assert few_at_a_node.rows()[0].nodes == (("one", None), ("other", None))


def test_a_condition_that_is_new_is_the_reason_only_where_it_decides(folders, tmp_path, capsys):
    old, new = folders
    changed(new, PAYS, PAYS + "\n    - {id: needs-adapting, fact: housing_unsuitable, is: true, law: 'none: made up'}")
    told = [{**YOUNG, "housing_unsuitable": False}] * 5 + [{**YOUNG, "housing_unsuitable": True}] * 5
    _, out, _ = run(capsys, old, new, people(tmp_path, *told))
    assert out.splitlines()[1:] == [
        "bostotte: 5 loses: must_be_assessed → unlikely; at needs-adapting (5)",
    ]


def test_a_new_condition_that_holds_is_no_reason_for_what_another_does(folders, tmp_path, capsys):
    old, new = folders
    more = "\n    - {id: needs-adapting, fact: housing_unsuitable, is: true, law: 'none: made up'}"
    changed(new, PAYS, PAYS.replace("is: true", "is: false") + more)
    _, out, _ = run(capsys, old, new, people(tmp_path, *[{**YOUNG, "housing_unsuitable": True}] * 5))
    assert out.splitlines()[1:] == ["bostotte: 5 loses: must_be_assessed → unlikely; at pays-housing-costs (5)"]


def test_a_condition_that_is_gone_is_told_at_the_branch_it_stood_in(folders, tmp_path, capsys):
    old, new = folders
    changed(new, "    " + PAYS + "\n", "")
    told = [{**YOUNG, "dwelling_self_contained": True, "pays_housing_costs": False}] * 5
    _, out, _ = run(capsys, old, new, people(tmp_path, *told))
    assert out.splitlines()[1:] == ["bostotte: 5 gains: unlikely → must_be_assessed; at conditions (5)"]


def test_rules_that_are_alike_move_nobody(folders, tmp_path, capsys):
    old, _ = folders
    assert run(capsys, old, old, people(tmp_path, *[YOUNG] * 9))[1].splitlines() == [
        "9 people on 2026-11-25; numbers under 5 are not told."
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "line 2: facts by their ids are expected"),
        ("{", "line 2: "),
        ('{"birth_date": 7}', "lines 1–2: birth_date: int where date is expected"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(folders, tmp_path, capsys, line, said):
    old, new = folders
    file = tmp_path / "people.jsonl"
    file.write_text(json.dumps(YOUNG) + "\n" + line + "\n")
    code, out, err = run(capsys, old, new, file)
    assert (code, out) == (1, "")
    assert said in err
