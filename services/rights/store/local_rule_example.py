"""The example of a local rule in the OpenAPI: the companion card, with the lower age limit that some municipalities have."""

import json
from typing import Any

import yaml

from services.rights.store.files import DATA

_RIGHT = "ledsagerbevis"
_LIMIT = {
    "id": "from-eight",
    "fact": "child_age",
    "at_least": 8,
    "law": "none: kommunens regler for ledsagerbevis",
}


def example() -> dict[str, Any]:
    """A body that is accepted."""
    rule = yaml.safe_load((DATA / "rules" / f"{_RIGHT}.yaml").read_text(encoding="utf-8"))
    rule["when"]["all"].insert(0, _LIMIT)
    rule["valid"] = {"from": "2027-01-01", "until": None}
    return {
        "right_id": _RIGHT,
        "rule": json.loads(json.dumps(rule, default=str, ensure_ascii=False)),
        "proposed_by": "ola.fag",
    }
