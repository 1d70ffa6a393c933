"""A log line is a constant sentence plus fields, and no field can hold personal data; a span likewise."""

import ast

import pytest

from shared.logging import DROPPED
from tests.architecture.sources import CODE, at, dotted, faults, parse

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
LOGGERS = {"log", "logger", "_log", "_logger", "logging"}
PERSONAL = DROPPED | {
    "email",
    "phone",
    "diagnosis",
    "comment",
    "message",
    "payload",
    "child_name",
    "first_name",
    "last_name",
    "given",
    "family",
    "free",
    "statement",
    "claims",
}
SPANS = {"span", "start_as_current_span", "set_attribute", "set_attributes"}


def changing_sentence(path: str, text: str) -> list[str]:
    """The sentence is constant, so that lines can be counted and nothing slips in."""
    return [
        at(path, node, "the sentence of a log line is a constant")
        for node in ast.walk(parse(text))
        if _is_log(node) and not (node.args and isinstance(node.args[0], ast.Constant) and len(node.args) == 1)
    ]


def personal_field(path: str, text: str) -> list[str]:
    """No field named after what a person is, said or wrote; none passed on by `**`."""
    return [
        at(path, node, f"the field {keyword.arg or '**'} may hold personal data")
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Call) and (_is_log(node) or _is_span(node))
        for keyword in node.keywords
        if keyword.arg in PERSONAL or (keyword.arg is None and _is_log(node))
    ]


def printed(path: str, text: str) -> list[str]:
    """Services do not print."""
    if path.startswith("deploy/"):
        return []
    return [
        at(path, node, "print")
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Call) and dotted(node.func) == "print"
    ]


def _is_log(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and dotted(node.func.value).rpartition(".")[2] in LOGGERS
    )


def _is_span(node: ast.Call) -> bool:
    return dotted(node.func).rpartition(".")[2] in SPANS


@pytest.mark.parametrize("rule", [changing_sentence, personal_field, printed])
def test_the_code_keeps_the_rule(rule):
    assert faults(rule, "services/", "gateway/", "shared/") == []


def test_the_local_cluster_logs_no_person_either():
    assert faults(personal_field, *CODE) == []


@pytest.mark.parametrize(
    "line",
    ["log.info(f'read {child}')", "log.info('read %s', child)", "log.info('read ' + child)", "self.log.error(text)"],
)
def test_a_changing_sentence_is_refused(line):
    assert changing_sentence("shared/edge.py", line)


@pytest.mark.parametrize(
    "line",
    [
        "log.info('read', name=name)",
        "log.info('read', national_id=pid)",
        "log.info('read', **fields)",
        "span('x', value=v)",
    ],
)
def test_a_personal_field_is_refused(line):
    assert personal_field("shared/edge.py", line)


def test_a_constant_sentence_with_ids_is_right():
    line = "log.info('request answered', status=status, route=route, trace_id=trace)"
    assert changing_sentence("shared/edge.py", line) == []
    assert personal_field("shared/edge.py", line) == []


def test_printing_is_refused():
    assert printed("services/rights/main.py", "print(1)")
