"""What the status service carries over from the facts: the deadlines, the names of authorities and acts, and of each right what it says about answer and complaint.

`python -m tests.services.status.carry_over` writes the files; `contracts/test_carried_over.py` compares them."""

import re
import sys
from pathlib import Path
from typing import Any

import yaml

from services.status.store.files import DATA
from tests.support.facts import folder

RIGHTS, ACTS = "rights.yaml", "acts.yaml"
COPIES = ("deadlines.yaml", "organisations.yaml")
HEAD = (
    "# Generated from the rights: names, who decides, and which deadlines each one names. Not to be edited by hand.\n"
)
ACTS_HEAD = "# Generated from the register of acts: each one by the name that `law` uses, as it is written in a sentence. Not to be edited by hand.\n"
YEAR = re.compile(r" \(\d{4}\)$")


def carried_over(facts: Path) -> dict[str, bytes]:
    """Every carried-over file, by name."""
    copies = {name: (facts / name).read_bytes() for name in COPIES}
    return {**copies, RIGHTS: _rights(facts).encode(), ACTS: _acts(facts).encode()}


def _rights(facts: Path) -> str:
    rights = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((facts / "rights").glob("*.yaml"))]
    return HEAD + yaml.safe_dump(
        {"rights": {each["id"]: _right(each) for each in rights}}, allow_unicode=True, sort_keys=False, width=200
    )


def _acts(facts: Path) -> str:
    register = yaml.safe_load((facts / "law" / "index.yaml").read_text(encoding="utf-8"))["acts"]
    acts = {act["short"]: _in_a_sentence(act) for act in register}
    return ACTS_HEAD + yaml.safe_dump({"acts": acts}, allow_unicode=True, sort_keys=False, width=200)


def _in_a_sentence(act: dict[str, Any]) -> str:
    """Small first letter, and without its year where it is also written so."""
    name: str = act["name"][0].lower() + act["name"][1:]
    plain = YEAR.sub("", name)
    return plain if plain in act.get("also_written", ()) else name


def _right(right: dict[str, Any]) -> dict[str, Any]:
    """Only what is stated: a deadline that is null says that there is none, one that is absent says nothing."""
    kept: dict[str, Any] = {"name": right["name"], "authority": right["authority"], "judged_for": right["judged_for"]}
    for part, keys in (("answer", ("deadline", "preliminary")), ("complaint", ("deadline", "body"))):
        stated = {key: right[part][key] for key in keys if key in right.get(part, {})}
        kept |= {part: stated} if stated else {}
    return kept


def main() -> int:
    """Writes the files."""
    facts = folder()
    if facts is None:
        sys.stderr.write("no facts folder: set FACTS_DIR\n")
        return 1
    for name, content in carried_over(facts).items():
        (DATA / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
