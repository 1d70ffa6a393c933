"""Examples for the API's document, abridged."""

from typing import Any

_CHILD = "0197c0de-0000-7000-8000-000000000002"
_FTRL = {
    "text": "Folketrygdloven § 6-4 femte ledd",
    "act": "Folketrygdloven",
    "place": "§ 6-4 femte ledd",
    "url": "https://lovdata.no/dokument/NL/lov/1997-02-28-19",
}
_RIGHT: dict[str, Any] = {
    "id": "hjelpestonad",
    "name": {"text": "Hjelpestønad", "lang": "nb"},
    "kind": "benefit",
    "area": "economy",
    "level": "state",
    "authority": {"id": "nav", "name": {"text": "Nav", "lang": "nb"}},
    "judged_for": "child",
    "catalog": "/catalog/v1/services/hjelpestonad",
    "verdict": "likely",
    "says": ["Trolig rett til dette."],
    "confidence": "sourced",
    "missing": [],
    "reasons": [
        {
            "fact": "blind_or_cannot_orient_by_sight",
            "favours": True,
            "text": {"text": "Svaret er ja på: Er barnet blindt, eller ser så dårlig at …?", "lang": "nb"},
            "requirement": None,
            "law": [_FTRL],
            "confidence": "sourced",
            "note": None,
        }
    ],
    "application": {
        "needed": True,
        "says": "Det må søkes.",
        "you_may": True,
        "form": "NAV 06-04.04",
        "start": {
            "method": "POST",
            "href": "/applications/v1/applications",
            "body": {"child_id": _CHILD, "form_id": "hjelpestonad"},
        },
    },
}
_FRAME: dict[str, Any] = {
    "child_id": _CHILD,
    "on": "2026-11-24",
    "based_on": {"profile_version": 3, "as_of": "2026-11-24T09:30:00Z"},
    "answer_at": {"method": "PATCH", "href": f"/mapping/v1/children/{_CHILD}/profile"},
}
RIGHTS = {**_FRAME, "says": None, "rights": [_RIGHT]}
ONE_RIGHT = {**_FRAME, "right": _RIGHT}
