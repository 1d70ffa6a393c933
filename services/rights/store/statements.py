"""What was told, as it is kept sealed: values, who said them and when, what differs and what is not known."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.rights.domain.fact import value_of
from services.rights.domain.profile import Statements
from services.rights.domain.situation import Said
from services.rights.domain.tree import Value
from services.rights.store.rulebook import Rulebook, rulebook


def as_json(statements: Statements) -> dict[str, Any]:
    """The statements as JSON holds them."""
    return {
        "facts": {fact: _json(value) for fact, value in sorted(statements.known.items())},
        "said": {fact: _said_json(said) for fact, said in sorted(statements.said.items())},
        "conflicts": sorted(statements.conflicts),
        "not_known": sorted(statements.not_known),
    }


def from_json(content: Mapping[str, Any], book: Rulebook | None = None) -> Statements:
    """The statements again. A fact that the vocabulary has dropped since is left out: it was told, but no rule asks for it."""
    vocabulary = (book or rulebook()).vocabulary
    known = {fact: value_of(vocabulary[fact], value) for fact, value in content["facts"].items() if fact in vocabulary}
    return Statements(
        known,
        frozenset(content["conflicts"]) & vocabulary.keys(),
        frozenset(content.get("not_known", ())) & vocabulary.keys(),
        {fact: _said(said) for fact, said in content.get("said", {}).items() if fact in known},
    )


def as_bytes(content: Mapping[str, Any]) -> bytes:
    """JSON, always the same for the same content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _json(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def _said_json(said: Said) -> list[str | None]:
    return [
        said.source,
        said.said_at.isoformat() if said.said_at else None,
        said.valid_from.isoformat() if said.valid_from else None,
    ]


def _said(content: list[str | None]) -> Said:
    source, at, since = content
    return Said(source or "", datetime.fromisoformat(at) if at else None, date.fromisoformat(since) if since else None)
