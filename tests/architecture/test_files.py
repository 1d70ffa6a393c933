"""Names and sizes of files, and what a package's __init__ may hold."""

import ast
from pathlib import PurePath

import pytest

from tests.architecture.sources import CODE, faults, parse

BANNED = {"service", "util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc", "stuff"}
LINES = 300
CHARTER_LINES = 15
CREATE_LINES = 30


def banned_name(path: str, text: str) -> list[str]:
    """A file or folder is a verb or one noun, never a drawer."""
    parts = [PurePath(part).stem for part in PurePath(path).parts]
    return [f"{path}: no file is called {name}" for name in parts if name in BANNED]


def too_long(path: str, text: str) -> list[str]:
    """A file over 300 lines does two things."""
    count = len(text.splitlines())
    return [f"{path}: {count} lines, {LINES} at most"] if count > LINES else []


def code_in_init(path: str, text: str) -> list[str]:
    """An __init__ is a docstring of at most 15 lines."""
    if PurePath(path).name != "__init__.py":
        return []
    tree = parse(text)
    said = ast.get_docstring(tree, clean=False)
    if said is None or len(tree.body) != 1:
        return [f"{path}: a docstring and nothing else"]
    return [] if len(said.splitlines()) <= CHARTER_LINES else [f"{path}: at most {CHARTER_LINES} lines"]


def long_create(path: str, text: str) -> list[str]:
    """main.create() puts the API together in at most 30 lines."""
    if PurePath(path).name != "main.py":
        return []
    return [
        f"{path}:{node.lineno}: create() has over {CREATE_LINES} lines"
        for node in ast.walk(parse(text))
        if isinstance(node, ast.FunctionDef) and node.name == "create"
        if (node.end_lineno or node.lineno) - node.lineno >= CREATE_LINES
    ]


@pytest.mark.parametrize("rule", [banned_name, too_long])
def test_every_python_file_keeps_the_rule(rule):
    assert faults(rule) == []


@pytest.mark.parametrize("rule", [code_in_init, long_create])
def test_the_code_keeps_the_rule(rule):
    assert faults(rule, *CODE) == []


@pytest.mark.parametrize("path", ["services/rights/service.py", "shared/utils/dates.py", "tests/support/helpers.py"])
def test_a_drawer_is_refused(path):
    assert banned_name(path, "")


def test_a_noun_is_a_name():
    assert banned_name("services/applications/domain/application.py", "") == []


def test_three_hundred_lines_are_enough():
    assert too_long("a.py", "x = 1\n" * LINES) == []
    assert too_long("a.py", "x = 1\n" * (LINES + 1))


@pytest.mark.parametrize("text", ["", "from a import b", '"""Charter."""\nimport os', '"""' + "line\n" * 16 + '"""'])
def test_an_init_that_is_more_or_less_than_a_charter_is_refused(text):
    assert code_in_init("services/rights/__init__.py", text)


def test_a_charter_is_no_code():
    assert code_in_init("services/rights/__init__.py", '"""What it owns."""\n') == []


def test_a_long_create_is_refused():
    assert long_create("services/rights/main.py", "def create():\n" + "    x = 1\n" * 31)
    assert long_create("services/rights/main.py", "def create():\n" + "    x = 1\n" * 20) == []
