"""What the applications service carries over from the facts about complaints: of each right which time limit and who decides, and the time limits.

`python -m tests.services.applications.carry_over` writes the file; `contracts/test_carried_over.py` compares it."""

import sys
from pathlib import Path
from typing import Any

import yaml

from services.applications.store.files import DATA
from tests.support.facts import folder

FILE = DATA / "complaints.yaml"
NOBODY = "none"
HEAD = (
    "# Generated from the rights, their deadlines and the organisations: what the law says about complaints. Not to be edited by hand.\n"
    "# rights: the rule (null: no time limit) and who decides. rules: the time limits that a right names. bodies: who may decide on a complaint.\n"
)


def carried_over(facts: Path) -> bytes:
    """The file's content."""
    rights = {
        each["id"]: {"rule": each["complaint"]["deadline"], "body": _body(each["complaint"]["body"])}
        for path in sorted((facts / "rights").glob("*.yaml"))
        if (each := _read(path))
    }
    named = {each["rule"] for each in rights.values()}
    rules = {each["id"]: _rule(each) for each in _read(facts / "deadlines.yaml")["deadlines"] if each["id"] in named}
    kinds = _read(facts / "organisations.yaml")["organisations"]
    wanted = {each["body"] for each in rights.values()} | {body for kind in kinds for body in kind["complaint_goes_to"]}
    bodies = {kind["id"]: kind["name"] for kind in kinds if kind["id"] in wanted}
    document = {"rules": rules, "bodies": bodies, "rights": rights}
    return (HEAD + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=200)).encode()


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _body(stated: str) -> str | None:
    return None if stated == NOBODY else stated


def _rule(deadline: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {key: deadline[key] for key in ("law", "length", "counting")}
    return {**kept, "valid": deadline["valid"]}


def main() -> int:
    """Writes the file."""
    facts = folder()
    if facts is None:
        sys.stderr.write("no facts folder: set FACTS_DIR\n")
        return 1
    FILE.write_bytes(carried_over(facts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
