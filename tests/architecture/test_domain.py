"""The domain decides from what it is given: no legal number, no clock, no chance, frozen values; a feature is one function."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import at, dotted, faults, parse

DECIDING = re.compile(r"services/\w+/(domain|features)/")
DOMAIN = re.compile(r"services/\w+/domain/")
FEATURE = re.compile(r"services/\w+/features/[a-z0-9]+(_[a-z0-9]+)+\.py")
SPAN = re.compile(
    r"(^|_)(age|ages|day|days|week|weeks|month|months|year|years|hours|deadline|adult|youth)(_|$)", re.IGNORECASE
)
SPAN_CALLS = {"timedelta", "relativedelta"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.monotonic",
    "uuid4",
    "uuid1",
    "uuid.uuid4",
    "uuid7",
    "uuid.uuid7",
}


def legal_number(path: str, text: str) -> list[str]:
    """Legal numbers live in data: no numeric literal in timedelta, date arithmetic or a comparison of ages, days and months."""
    if not DECIDING.match(path):
        return []
    return [at(path, node, f"the number {value} belongs in data") for node, value in _legal_numbers(parse(text))]


def _legal_numbers(tree: ast.AST) -> Iterator[tuple[ast.AST, object]]:
    for node in ast.walk(tree):
        for value in _suspects(node):
            number = _number(value)
            if number not in (None, 0) and not (
                number == 1 and isinstance(node, ast.BinOp)
            ):  # "the day before" is no law
                yield node, number


def _suspects(node: ast.AST) -> list[ast.expr]:
    """The operands of `node` where a number would be a legal one."""
    if isinstance(node, ast.Call):
        return _of_call(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
        return [node.left, node.right] if _is_span(node.left) or _is_span(node.right) else []
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return sides if any(_is_span(side) for side in sides) else []
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [node.value] if any(_is_span(target) for target in targets) else []
    return []


def _of_call(node: ast.Call) -> list[ast.expr]:
    name = dotted(node.func).rpartition(".")[2]
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if name in SPAN_CALLS:
        return given
    return [keyword.value for keyword in node.keywords if keyword.arg and SPAN.search(keyword.arg)] + (
        node.args if SPAN.search(name) else []
    )


def _is_span(node: ast.expr) -> bool:
    """Whether the name of this speaks of ages, days, months or years."""
    if isinstance(node, ast.BinOp):
        return _is_span(node.left) or _is_span(node.right)
    return bool(SPAN.search(dotted(node).replace("()", "").rpartition(".")[2]))


def _number(node: ast.expr) -> object:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    if isinstance(node, ast.UnaryOp):
        return _number(node.operand)
    return None


def clock_or_chance(path: str, text: str) -> list[str]:
    """Time, ids and randomness come in as arguments."""
    if not DECIDING.match(path):
        return []
    return [
        at(path, node, f"{dotted(node.func)}() comes in as an argument")
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Call)
        and (dotted(node.func) in CLOCKS or dotted(node.func).endswith((".datetime.now", ".date.today")))
    ]


def changeable_value(path: str, text: str) -> list[str]:
    """A domain value is frozen and slotted."""
    if not DOMAIN.match(path):
        return []
    return [
        at(path, node, f"{node.name} is not @dataclass(frozen=True, slots=True)")
        for node in ast.walk(parse(text))
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if dotted(decorator).rpartition(".")[2].removesuffix("()") == "dataclass"
        and not {"frozen", "slots"} <= _true_options(decorator)
    ]


def _true_options(decorator: ast.expr) -> set[str]:
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    return {
        each.arg for each in given if each.arg and isinstance(each.value, ast.Constant) and each.value.value is True
    }


def many_functions(path: str, text: str) -> list[str]:
    """A feature is called after a verb and its noun, and has one public function."""
    if not re.match(r"services/\w+/features/(?!__init__)", path):
        return []
    public = [
        node.name
        for node in parse(text).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]
    wrong = [] if FEATURE.fullmatch(path) else [f"{path}: a feature is <verb>_<noun>.py"]
    return wrong + ([] if len(public) == 1 else [f"{path}: one public function, not {public}"])


@pytest.mark.parametrize("rule", [legal_number, clock_or_chance, changeable_value, many_functions])
def test_the_services_keep_the_rule(rule):
    assert faults(rule, "services/") == []


LEGAL = (
    "timedelta(days=21)",
    "timedelta(3)",
    "relativedelta(months=3)",
    "if age_on(birth, day) >= 18: pass",
    "if age < 16: pass",
    "if day.year - birth.year > 18: pass",
    "last = start.year + 20",
    "born.replace(year=born.year + 18)",
    "end = add_months(start, 3)",
    "deadline_days = 21",
    "ADULT = 18",
    "YOUTH_AGE: int = 12",
    "window(start, months=-3)",
)
PLAIN = (
    "timedelta(days=deadline.days)",
    "if age_on(birth, day) >= rule.age: pass",
    "timedelta(0)",
    "month = day.month - 1",
    "version = version + 1",
    "if len(items) > 100: pass",
    "born.replace(year=born.year + rule.age)",
)


@pytest.mark.parametrize("line", LEGAL)
def test_a_legal_number_in_code_is_refused(line):
    assert legal_number("services/status/domain/deadline.py", line)


@pytest.mark.parametrize("line", PLAIN)
def test_a_number_that_is_no_law_is_code(line):
    assert legal_number("services/status/domain/deadline.py", line) == []


def test_legal_numbers_are_sought_in_domain_and_features_only():
    assert legal_number("services/status/store/cases.py", LEGAL[0]) == []


@pytest.mark.parametrize(
    "line", ["at = datetime.now(UTC)", "day = date.today()", "id = uuid4()", "id = uuid.uuid4()", "t = time.time()"]
)
def test_a_clock_or_chance_in_the_domain_is_refused(line):
    assert clock_or_chance("services/status/features/open_case.py", line)


def test_a_changeable_value_is_refused():
    assert changeable_value("services/status/domain/case.py", "@dataclass(frozen=True)\nclass Case:\n    id: int\n")
    assert changeable_value("services/status/domain/case.py", "@dataclass\nclass Case:\n    id: int\n")
    assert (
        changeable_value(
            "services/status/domain/case.py", "@dataclass(frozen=True, slots=True)\nclass Case:\n    id: int\n"
        )
        == []
    )


def test_a_feature_with_two_public_functions_is_refused():
    assert many_functions(
        "services/status/features/open_case.py", "async def open_case(tx): ...\nasync def close_case(tx): ...\n"
    )
    assert many_functions("services/status/features/case.py", "async def open_case(tx): ...\n")
    assert (
        many_functions("services/status/features/open_case.py", "async def open_case(tx): ...\ndef _row(): ...\n") == []
    )
