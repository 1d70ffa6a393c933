"""Every route of a service that names a child, or something of a child's, logs the read (`tx.reads`) or leads to what does."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, dotted, faults, parse

API = re.compile(r"services/(\w+)/api/\w+\.py")
VERBS = {"get", "post", "put", "patch", "delete"}
NOT_OF_A_CHILD = {"right_id", "form_id", "service_id", "key_id", "row_id", "local_rule_id"}
OPEN = {"Anyone"}
DEPTH = 4

# Routes that take an id of a child's and need no line of their own in the log, with the reason.
EXEMPT: dict[str, str] = {}


def unlogged_read(path: str, text: str) -> list[str]:
    """Endpoints that take the id of a child, or of something a child has, from which no `reads(...)` is reached."""
    if not API.fullmatch(path):
        return []
    tree = parse(text)
    return [
        f"{path}:{node.lineno}: {method.upper()} {address} takes {ids} and does not reach tx.reads"
        for node, method, address in _endpoints(tree)
        if (ids := sorted(set(re.findall(r"\{(\w+)", address)) - NOT_OF_A_CHILD))
        if f"{method.upper()} {address}" not in EXEMPT
        if not _is_open(node) and not _reads(node, tree, DEPTH)
    ]


def _endpoints(tree: ast.Module) -> Iterator[tuple[ast.AsyncFunctionDef | ast.FunctionDef, str, str]]:
    prefix = _prefix(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
            for call in node.decorator_list:
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in VERBS:
                    yield node, call.func.attr, prefix + _text(call.args[0] if call.args else None)


def _prefix(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).endswith("APIRouter"):
            return next((_text(each.value) for each in node.keywords if each.arg == "prefix"), "")
    return ""


def _text(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(each) for each in node.values)
    return ""


def _is_open(node: ast.AsyncFunctionDef | ast.FunctionDef) -> bool:
    arguments = [*node.args.args, *node.args.kwonlyargs]
    return any(dotted(each.annotation) in OPEN for each in arguments if each.annotation is not None)


def _reads(function: ast.AST, tree: ast.Module, depth: int) -> bool:
    """Whether the function, or one that it calls by name, calls `….reads(…)`."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    if any(isinstance(call, ast.Attribute) and call.attr == "reads" for call in calls):
        return True
    return depth > 0 and any(
        _reads(*found, depth - 1) for call in calls if (found := _find(dotted(call), tree)) and found[0] is not function
    )


def _find(name: str, tree: ast.Module) -> tuple[ast.AST, ast.Module] | None:
    """The function of that (dotted) name, in this module or in the one of ours it was imported from."""
    first, _, rest = name.partition(".")
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return node, tree
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == first:
                    return _elsewhere(node.module, alias.name, rest)
    return None


def _elsewhere(module: str, name: str, rest: str) -> tuple[ast.AST, ast.Module] | None:
    place, wanted = (f"{module}.{name}", rest) if rest else (module, name)
    file = ROOT / f"{place.replace('.', '/')}.py"
    if not place.startswith("services.") or not file.is_file():
        return None
    tree = parse(file.read_text())
    return next(
        (
            (node, tree)
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == wanted
        ),
        None,
    )


def test_every_route_with_an_id_logs_the_read():
    assert faults(unlogged_read, "services/") == []


HEAD = "router = APIRouter(prefix='/rights/v1')\n@router.get('/children/{child_id}')\n"


def test_a_route_that_forgets_the_log_is_refused():
    assert unlogged_read(
        "services/rights/api/rights.py",
        HEAD + "async def read(child_id, caller: Citizen):\n    return await load(child_id)\n",
    )


def test_a_route_that_logs_is_right():
    assert (
        unlogged_read(
            "services/rights/api/rights.py",
            HEAD + "async def read(child_id, caller: Citizen):\n    await tx.reads(child_id, 'rights')\n",
        )
        == []
    )


def test_a_route_may_log_by_way_of_what_it_calls():
    text = (
        "async def load(tx, child):\n    await tx.reads(child, 'rights')\n"
        + HEAD
        + "async def read(child_id, caller: Citizen):\n    return await load(tx, child_id)\n"
    )
    assert unlogged_read("services/rights/api/rights.py", text) == []


def test_a_public_route_and_a_right_have_no_child():
    assert (
        unlogged_read(
            "services/catalog/api/services.py", HEAD + "async def read(child_id, caller: Anyone):\n    return 1\n"
        )
        == []
    )
    assert (
        unlogged_read(
            "services/catalog/api/services.py",
            "@router.get('/rights/{right_id}')\nasync def read(right_id, caller: Citizen):\n    return 1\n",
        )
        == []
    )
