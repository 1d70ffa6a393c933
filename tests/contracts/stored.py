"""The stored contracts: what they are now, by path, and what they were when last accepted."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.contracts.events import asyncapi, event_classes, schema_of
from tests.contracts.services import documents, joined

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "contracts" / "stored"
OWNER = ROOT / "services" / "mapping" / "data" / "facts.yaml"
KEPT_OF_A_FACT = ("subject", "type", "unit", "from", "values")


@cache
def contracts() -> dict[str, Any]:
    """Every contract that the code makes, by its path below `stored/`."""
    return {
        **{f"openapi/{name}.json": document for name, document in documents().items()},
        "openapi/joined.json": joined(),
        "asyncapi.json": asyncapi(),
        **{f"events/{event.type_}.json": schema_of(event) for event in event_classes()},
        "vocabulary.json": vocabulary(),
    }


@cache
def vocabulary() -> dict[str, Any]:
    """What others rely on of each fact."""
    facts: Mapping[str, Mapping[str, Any]] = yaml.load(
        OWNER.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )["facts"]
    return {name: {key: fact[key] for key in KEPT_OF_A_FACT if key in fact} for name, fact in facts.items()}


def rendered(contract: Any) -> str:
    """As it is stored."""
    return json.dumps(contract, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def accepted(path: str) -> Any:
    """The contract as last accepted; None when it is new."""
    file = STORED / path
    return json.loads(file.read_text()) if file.exists() else None


def stored_paths() -> set[str]:
    """Every stored path."""
    return {str(file.relative_to(STORED)) for file in STORED.rglob("*.json")}
