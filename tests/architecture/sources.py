"""The files of the repository, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("services/", "gateway/", "shared/", "deploy/")

Rule = Callable[[str, str], list[str]]


@cache
def tracked_files() -> tuple[str, ...]:
    """Every file git knows or would take, as paths from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(sorted({path for path in listed if path and (ROOT / path).is_file()}))


@cache
def text_of(path: str) -> str:
    """The text of a file; empty when it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def parse(text: str) -> ast.Module:
    """The tree of a source text, kept: every rule looks at every file."""
    return ast.parse(text)


def python_files(*below: str) -> Iterator[str]:
    """The Python files under these folders (all when none is named)."""
    for path in tracked_files():
        if path.endswith(".py") and (not below or path.startswith(below)):
            yield path


def faults(rule: Rule, *below: str) -> list[str]:
    """What `rule(path, text)` says of the Python files under these folders."""
    return [fault for path in python_files(*below) for fault in rule(path, text_of(path))]


def at(path: str, node: ast.AST, why: str) -> str:
    """A fault with its place."""
    return f"{path}:{getattr(node, 'lineno', 1)}: {why}"


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute, else what can be said of it."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""
