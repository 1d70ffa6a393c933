"""An example of a timeline for the API's document, abridged."""

from typing import Any

_CHILD = "0197c0de-0000-7000-8000-000000000002"
_TURN: dict[str, Any] = {
    "day": "2035-04-21",
    "before": "likely",
    "after": "not_relevant",
    "rule": "on_day",
    "counts_from": "2035-04-21",
    "law": [
        {
            "text": "Folketrygdloven § 9-10 første ledd",
            "act": "Folketrygdloven",
            "place": "§ 9-10 første ledd",
            "url": "https://lovdata.no/dokument/NL/lov/1997-02-28-19",
        }
    ],
    "confidence": "sourced",
    "note": None,
    "moved": ["child_age"],
    "ended": [],
    "rates": [],
}
TIMELINE: dict[str, Any] = {
    "child_id": _CHILD,
    "on": "2026-11-24",
    "until": "2043-04-21",
    "profile_version": 3,
    "ask_again": [{"fact": "in_school", "on": "2027-08-01"}],
    "rights": [
        {
            "id": "pleiepenger-sykt-barn",
            "name": {"text": "Pleiepenger ved sykdom hos barn", "lang": "nb"},
            "segments": [
                {"from": "2026-11-24", "until": "2035-04-21", "verdict": "likely", "missing": [], "only_rare": False},
                {"from": "2035-04-21", "until": None, "verdict": "not_relevant", "missing": [], "only_rare": False},
            ],
            "begins": [],
            "ends": [_TURN],
            "changes": [],
            "apply_from": "2026-11-24",
            "coming": [],
            "href": f"/rights/v1/children/{_CHILD}/rights/pleiepenger-sykt-barn",
        }
    ],
}
EVALUATION: dict[str, Any] = {
    "id": "0197c0de-0000-7000-8000-000000000031",
    "of": "child",
    "profile_version": 3,
    "law_on": "2026-11-24",
    "known_at": "2026-11-24T10:00:00Z",
    "rules": "9f2c4e0d7a5b1c3e8f6a4d2b0c9e7f5a3b1d8c6e4f2a0b9d7c5e3f1a8b6d4c2e",
    "engine": "1",
    "sha256": "1a8b6d4c2e9f2c4e0d7a5b1c3e8f6a4d2b0c9e7f5a3b1d8c6e4f2a0b9d7c5e3f",
    "href": f"/rights/v1/children/{_CHILD}/evaluations/0197c0de-0000-7000-8000-000000000031",
}
REPLAY: dict[str, Any] = {
    "child_id": _CHILD,
    "evaluation": EVALUATION,
    "reproduced": True,
    "rights": [
        {
            "right": "hjelpestonad",
            "verdict": "likely",
            "missing": [],
            "from_register": [],
            "only_rare": False,
            "confidence": "sourced",
            "stale": [],
            "decided_by": ["blind=true", "member=true", "permanent=true", "at-home=true"],
        }
    ],
}
