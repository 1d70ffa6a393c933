"""Endpoints and dependencies are async, middleware is pure ASGI, and an endpoint calls one feature."""

import ast

import pytest

from tests.architecture.sources import CODE, ROOT, at, dotted, faults, parse

VERBS = {"get", "post", "put", "patch", "delete", "head", "options", "api_route", "route", "websocket"}


def plain_endpoint(path: str, text: str) -> list[str]:
    """A plain `def` endpoint runs in a thread pool; so does a plain `def` dependency."""
    tree = parse(text)
    return [
        at(path, node, f"endpoint {node.name} is a plain def")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _is_endpoint(node)
    ] + _plain_dependencies(path, tree)


def _is_endpoint(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = (
        each for each in node.decorator_list if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)
    )
    return any(call.func.attr in VERBS for call in calls if isinstance(call.func, ast.Attribute))


def _plain_dependencies(path: str, tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in {"Depends", "Security"} and node.args:
            wanted = node.args[0]
            made = isinstance(wanted, ast.Call)
            name = dotted(wanted.func if isinstance(wanted, ast.Call) else wanted)
            function = _definition(tree, name)
            if function is not None and _is_plain(function, made=made):
                found.append(at(path, node, f"dependency {name} is a plain def"))
    return found


def _is_plain(function: ast.AST, *, made: bool) -> bool:
    """Whether the dependency is a plain function; `made`: whether the function it returns is."""
    if not made:
        return isinstance(function, ast.FunctionDef)
    inner = [
        each
        for each in ast.walk(function)
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each is not function
    ]
    return bool(inner) and all(isinstance(each, ast.FunctionDef) for each in inner)


def _definition(tree: ast.Module, name: str) -> ast.AST | None:
    """The function or class of that name, here or in the module of ours it is imported from."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            return node
        if isinstance(node, ast.ImportFrom) and any(each.name == name for each in node.names):
            file = ROOT / f"{(node.module or '').replace('.', '/')}.py"
            return _definition(parse(file.read_text()), name) if file.is_file() else None
    return None


def wrapping_middleware(path: str, text: str) -> list[str]:
    """Starlette's BaseHTTPMiddleware wraps every request in a task of its own: pure ASGI instead."""
    found = []
    for node in ast.walk(parse(text)):
        if (isinstance(node, ast.Name) and node.id == "BaseHTTPMiddleware") or (
            isinstance(node, ast.Attribute) and node.attr == "BaseHTTPMiddleware"
        ):
            found.append(at(path, node, "BaseHTTPMiddleware"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "middleware":
            found.append(at(path, node, "@app.middleware is BaseHTTPMiddleware"))
    return found


def many_features(path: str, text: str) -> list[str]:
    """An endpoint calls one feature; two would be a use case without a name."""
    tree = parse(text)
    features = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and ".features" in (node.module or "")
        for alias in node.names
        if (alias.asname or alias.name).islower()  # a class is what the feature takes
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef) and _is_endpoint(node):
            called = [dotted(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)]
            used = {name for name in called if name.partition(".")[0] in features}
            if len(used) > 1:
                found.append(at(path, node, f"{node.name} calls {sorted(used)}"))
    return found


@pytest.mark.parametrize("rule", [plain_endpoint, wrapping_middleware, many_features])
def test_the_code_keeps_the_rule(rule):
    assert faults(rule, *CODE) == []


def test_a_plain_endpoint_is_refused():
    assert plain_endpoint("a.py", "@router.get('/x')\ndef read():\n    return 1\n")
    assert plain_endpoint("a.py", "@router.get('/x')\nasync def read():\n    return 1\n") == []


def test_a_plain_dependency_is_refused():
    assert plain_endpoint("a.py", "def caller(request): ...\nCaller = Annotated[str, Depends(caller)]\n")
    assert plain_endpoint("a.py", "async def caller(request): ...\nCaller = Annotated[str, Depends(caller)]\n") == []


def test_a_made_plain_dependency_is_refused():
    assert plain_endpoint(
        "a.py", "def of(kind):\n    def check(request): ...\n    return check\nA = Depends(of('a'))\n"
    )
    assert (
        plain_endpoint(
            "a.py", "def of(kind):\n    async def check(request): ...\n    return check\nA = Depends(of('a'))\n"
        )
        == []
    )


def test_wrapping_middleware_is_refused():
    assert wrapping_middleware("a.py", "class Log(BaseHTTPMiddleware):\n    pass\n")
    assert wrapping_middleware("a.py", "@app.middleware('http')\nasync def log(request, call_next): ...\n")


def test_an_endpoint_with_two_features_is_refused():
    start = "from services.rights.features.assess_rights import assess\nfrom services.rights.features.drop_rights import drop\n"
    two = start + "@router.post('/x')\nasync def both(tx):\n    await assess(tx)\n    await drop(tx)\n"
    one = start + "@router.post('/x')\nasync def one(tx):\n    await assess(tx)\n"
    assert many_features("a.py", two)
    assert many_features("a.py", one) == []
