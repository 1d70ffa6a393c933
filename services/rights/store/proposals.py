"""A proposed local rule, judged as if it were one of ours: read into the whole rulebook, then looked at by the linter."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from services.rights.store.files import DataFault, Packed, packed
from services.rights.store.findings import Finding, findings
from services.rights.store.rights import RightFile
from services.rights.store.rulebook import read_rulebook, rulebook

LEVEL = "municipality"
LOCAL = "local-"


@cache
def _ours() -> Packed:
    return packed()


def judge_proposal(right_id: str, content: Mapping[str, Any]) -> tuple[RightFile | None, list[Finding]]:
    """The rule, what is wrong with it and what its author should know; `node` is the path in the rule. Takes a second: the whole rulebook is read.

    A new right's id begins with `local-`; any other is one of the country's, and must be for municipalities to decide.
    """
    file = f"rules/{right_id}.yaml"
    if (beyond := _reach(right_id, content)) is not None:
        return None, [Finding(file, "id", beyond, is_fault=True)]
    text = yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False)
    texts = f"texts/{right_id}.yaml"  # they name nodes that a version of its own need not have
    files = {name: content for name, content in _ours().files.items() if name != texts} | {file: text.encode()}
    try:
        book = read_rulebook(Packed(files))
    except DataFault as fault:
        return None, [Finding(file, fault.path, fault.reason, is_fault=True)]
    return book.rights[right_id], findings(book, only=(right_id,))


def _reach(right_id: str, content: Mapping[str, Any]) -> str | None:
    if content.get("id") != right_id:
        return "the id in the rule and in the proposal are the same"
    known = rulebook().rights.get(right_id)
    if known is None and not right_id.startswith(LOCAL):
        return f"a new local right has an id that begins with {LOCAL}"
    if content.get("authority") != LEVEL or (known is not None and known.authority != LEVEL):
        return "a local rule is about what the municipality decides"
    return None
