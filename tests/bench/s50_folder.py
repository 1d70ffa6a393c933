"""The rights service with the fifty made-up rights of S50 for its rules: its data folder with those in the place of the real ones."""

import os
import shutil
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI

from services.rights import main
from services.rights.store import files, questions, rulebook
from tests.bench import s50

FOLDER = "S50_FOLDER"
_CARD = "bostotte"  # whose name, law and way to apply each of the fifty has: what an answer says beside its verdict
_NO_LAW = "none: made up"
_UNITS = {"expenses": "NOK/year"}


def write(folder: Path) -> None:
    """The folder, made anew."""
    real = files.DATA
    shutil.copytree(real, folder, ignore=shutil.ignore_patterns("rules", "texts", "cases", "__pycache__"))
    (folder / "rules").mkdir()
    (folder / "texts").mkdir()
    facts, rates, asking = (_read(folder / name) for name in ("facts.yaml", "rates.yaml", "questions.yaml"))
    facts["facts"] |= {name: _fact(name, kind) for name, kind in s50.TOLD.items()}
    rates["rates"] += [_rate(number) for number in range(s50.RIGHTS)]
    asking["importance"] = []
    for name, content in (("facts", facts), ("rates", rates), ("questions", asking), ("forms", {"forms": []})):
        _write(folder / f"{name}.yaml", content)
    card = _read(real / "rules" / f"{_CARD}.yaml")
    for number in range(s50.RIGHTS):
        name = f"r{number:02d}"
        _write(folder / "rules" / f"{name}.yaml", card | {"id": name, "when": _tree(number), "relevant_when": [], "amounts": [], "links": {}})  # fmt: skip


def create() -> FastAPI:
    """The service over the folder that the environment names."""
    folder = Path(os.environ[FOLDER])
    for module in (rulebook, questions):
        vars(module)["DATA"] = folder
    rulebook.rulebook.cache_clear()
    return main.create()


def _tree(number: int) -> dict[str, Any]:
    low = number * 3 % 20
    conditions: list[dict[str, Any]] = [
        _atom("child_age", "at-least", at_least=low),
        _atom("child_age", "below", below=low + 10 + number % 5 * 12),
        _atom("membership", "is", **{"is": True}),
        {"id": "illness", "any": [_atom("diagnosis", "is", **{"is": True}), _atom("function_level", "at-least", at_least=1 + number % 5)]},
        {
            "id": "burden",
            "any": [
                _atom("expenses", "at-least", at_least={"rate": f"t{number:02d}"}),
                _atom("care_need", "above", above=number % 4),
                _atom("work_capacity", "at-most", at_most=30 + number % 9 * 5),
            ],
        },
    ]  # fmt: skip
    if number % 3 == 0:
        conditions.append({"id": "not-in-institution", "not": _atom("in_institution", "is", **{"is": True})})
    return {"id": "all", "all": conditions}


def _atom(fact: str, how: str, **bound: Any) -> dict[str, Any]:
    return {"id": f"{fact.replace('_', '-')}-{how}", "fact": fact, "law": _NO_LAW, **bound}


def _fact(name: str, kind: str) -> dict[str, Any]:
    limits = {} if kind == "boolean" else {"unit": _UNITS.get(name, "services"), "min": 0, "max": 1_000_000}
    said = {"question": {"nb": f"{name}?"}, "question_youth": {"nb": f"{name}?"}}
    return {"subject": "child", "type": str(kind), "group": "health", "from": "told", "meaning": name, **limits, **said}


def _rate(number: int) -> dict[str, Any]:
    return {
        "id": f"t{number:02d}",
        "name": {"nb": "En sats"},
        "unit": "NOK/year",
        "law": _NO_LAW,
        "confidence": "sourced",
        "sources": [],
        "values": [
            {"from": "2020-01-01", "until": "2026-01-01", "value": 8000 + 100 * number, "verified_until": "2026-12-31"},
            {"from": "2026-01-01", "until": None, "value": 9000 + 100 * number, "verified_until": "2026-12-31"},
        ],
    }


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _write(file: Path, content: Any) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
