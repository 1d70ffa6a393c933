"""A start page as the API's document shows it, abridged."""

from pydantic import JsonValue

_CHILD, _CASE = "0197c0de-0000-7000-8000-000000000001", "0197c0de-0000-7000-8000-000000000003"
_RIGHT: dict[str, JsonValue] = {
    "id": "hjelpestonad",
    "name": {"text": "Hjelpestønad", "lang": "nb"},
    "verdict": "likely",
    "says": "Trolig rett til dette.",
    "why": {"text": "Svaret er ja på: Trenger barnet tilsyn om natten?", "lang": "nb"},
    "missing": 0,
    "href": f"/rights/v1/children/{_CHILD}/rights/hjelpestonad",
}
_OPEN: dict[str, JsonValue] = {
    "id": _CASE,
    "title": {"text": "Hjelpestønad", "lang": "nb"},
    "status": {"text": "Sendt", "lang": "nb"},
    "authority": {"text": "Nav", "lang": "nb"},
    "submitted_at": "2026-11-24T10:00:00Z",
    "next": {"text": "Vi venter på svar fra Nav.", "lang": "nb"},
    "answer": [
        {
            "kind": "answer",
            "approximate": False,
            "says": {
                "text": "Loven setter ingen fast frist. Nav skal avgjøre saken uten ugrunnet opphold. Etter folketrygdloven § 21-10.",
                "lang": "nb",
            },
        }
    ],
    "href": f"/status/v1/cases/{_CASE}",
}
EXAMPLE: dict[str, JsonValue] = {
    "state": "ready",
    "says": "Ingenting venter på deg.",
    "children": [
        {
            "id": _CHILD,
            "name": "Blid Solstråle",
            "age": 9,
            "ground": "guardian",
            "profile_version": 3,
            "href": f"/mapping/v1/children/{_CHILD}/profile",
            "rights": {
                "state": "ready",
                "says": "Trolig rett til: 1. Mulig, men noe mangler: 0. Må vurderes: 0.",
                "profile_version": 3,
                "counts": {"likely": 1, "possible_missing_facts": 0, "must_be_assessed": 0},
                "first": [_RIGHT],
                "href": f"/rights/v1/children/{_CHILD}",
            },
            "cases": {
                "state": "ready",
                "says": "Åpne saker: 1.",
                "open": [_OPEN],
                "awaits_me": [],
                "may_complain": [],
                "more": False,
                "href": f"/status/v1/children/{_CHILD}/overview",
            },
        }
    ],
    "awaits_me": [],
}
