"""Tests wait in one place, mock nothing of ours and assert no time."""

import ast
import re

import pytest

from tests.architecture.sources import at, dotted, faults, parse

WAITING, PACE = "tests/support/until.py", "tests/faults/pace.py"
TIMERS = {"perf_counter", "monotonic", "time", "process_time", "perf_counter_ns", "monotonic_ns"}
TIMED = re.compile(r"(^|_)(elapsed|took|duration|milliseconds|seconds_taken)(_|$)")


def sleep(path: str, text: str) -> list[str]:
    """`until(condition, deadline)` is the only waiting."""
    if path in (WAITING, PACE) or path.startswith("tests/bench/"):  # harm and load keep a pace
        return []
    found = []
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Attribute) and node.attr == "sleep":
            found.append(at(path, node, "sleep"))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "sleep" for alias in node.names):
            found.append(at(path, node, "sleep"))
    return found


def mock(path: str, text: str) -> list[str]:
    """Fakes over mocks; nothing of ours is patched."""
    found = []
    for node in ast.walk(parse(text)):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        if any(re.match(r"(unittest\.)?mock\b|pytest_mock", module) for module in modules):
            found.append(at(path, node, "mock"))
        if isinstance(node, ast.Attribute) and dotted(node) in {
            "monkeypatch.setattr",
            "mocker.patch",
            "mock.patch",
            "mp.setattr",
        }:
            found.append(at(path, node, dotted(node)))
    return found


def timed_assertion(path: str, text: str) -> list[str]:
    """Times are printed, never asserted."""
    return [
        at(path, node, "an assertion about time taken")
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Assert) and any(_is_timer(each) for each in ast.walk(node.test))
    ]


def _is_timer(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
        name = dotted(node.func)
        return name.startswith("time.") and name.rpartition(".")[2] in TIMERS
    return isinstance(node, ast.Name) and bool(TIMED.search(node.id))


@pytest.mark.parametrize("rule", [sleep, mock, timed_assertion])
def test_the_tests_keep_the_rule(rule):
    assert faults(rule, "tests/") == []


@pytest.mark.parametrize("text", ["await asyncio.sleep(1)", "time.sleep(1)", "from asyncio import sleep"])
def test_a_sleep_is_refused(text):
    assert sleep("tests/shared/test_relay.py", text)
    assert sleep(WAITING, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "from unittest.mock import patch",
        "from unittest import mock",
        "import mock",
        "monkeypatch.setattr(relay, 'send', fake)",
        "mocker.patch('x')",
    ],
)
def test_a_mock_is_refused(text):
    assert mock("tests/shared/test_relay.py", text)


def test_setting_the_environment_is_no_mock():
    assert mock("tests/shared/test_relay.py", "monkeypatch.setenv('A', 'b')") == []


@pytest.mark.parametrize("text", ["assert time.monotonic() - start < 2", "assert elapsed < 1.0"])
def test_a_timed_assertion_is_refused(text):
    assert timed_assertion("tests/shared/test_relay.py", text)
    assert timed_assertion("tests/shared/test_relay.py", "assert answer.status_code == 200") == []
