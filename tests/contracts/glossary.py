"""The glossary's list of rights, made from the rights themselves."""

from typing import Any

import yaml

from tests.contracts.stored import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
BEGIN, END = "<!-- rights: begin -->\n", "<!-- rights: end -->"
MOST_SECTIONS = 4


def rights() -> list[Any]:
    """Every right, by its Norwegian name."""
    files = (ROOT / "services" / "rights" / "data" / "rules").glob("*.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = [yaml.load(file.read_text(), Loader=loader) for file in files]
    return sorted(found, key=lambda right: str(right["name"]["nb"]))


def with_rights(glossary: str) -> str:
    """The glossary with the list as it is now."""
    before, _, rest = glossary.partition(BEGIN)
    _, _, after = rest.partition(END)
    head = "| Norwegian | English | id | law |\n| --- | --- | --- | --- |\n"
    return before + BEGIN + head + "".join(_line(right) for right in rights()) + END + after


def _line(right: Any) -> str:
    laws = "; ".join(f"{law['act']} {_sections(law.get('sections', []))}".strip() for law in right["law"][:2]) or "–"
    return f"| {right['name']['nb']} | {right['name'].get('en', '–')} | `{right['id']}` | {laws}{' …' if len(right['law']) > 2 else ''} |\n"


def _sections(sections: list[str]) -> str:
    return ", ".join(sections[:MOST_SECTIONS]) + (" …" if len(sections) > MOST_SECTIONS else "")
