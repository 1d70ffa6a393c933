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
    "based_on": {"profile_version": 3, "as_of": "2026-11-24T09:30:00Z", "told": True},
    "answer_at": {"method": "PATCH", "href": f"/mapping/v1/children/{_CHILD}/profile"},
}
_LIKELY: dict[str, Any] = {
    **{key: _RIGHT[key] for key in ("id", "name", "area", "authority", "judged_for", "verdict", "says", "confidence")},
    "summary": {
        "text": "For den som trenger tilsyn og pleie på grunn av varig sykdom eller funksjonsnedsettelse, mer enn andre på samme alder.",
        "lang": "nb",
    },
    "missing": [],
    "told": 6,
    "discreet": False,
    "why": _RIGHT["reasons"][0]["text"],
    "application": {key: _RIGHT["application"][key] for key in ("needed", "you_may", "start")},
    "href": f"/rights/v1/children/{_CHILD}/rights/hjelpestonad",
}
_POSSIBLE: dict[str, Any] = {
    "id": "barnekoordinator",
    "name": {"text": "Barnekoordinator", "lang": "nb"},
    "summary": {"text": "Kommunen skal oppnevne en barnekoordinator når foreldrene ønsker det.", "lang": "nb"},
    "area": "care",
    "authority": {"id": "municipality", "name": {"text": "Kommunen", "lang": "nb"}},
    "judged_for": "child",
    "verdict": "possible_missing_facts",
    "says": ["Kan ha rett til dette. Noen svar mangler."],
    "confidence": None,
    "missing": [
        {
            "fact": "family_expecting_or_has_child_with_serious_need",
            "subject": "household",
            "type": "boolean",
            "question": {
                "text": "Har eller venter familien et barn med alvorlig sykdom, skade eller funksjonsnedsettelse?",
                "lang": "nb",
            },
            "sensitive": False,
            "cause": "not_told",
        }
    ],
    "told": 1,
    "discreet": False,
    "why": {
        "text": "Svaret er ja på: Trenger barnet flere helse- og omsorgstjenester som må samordnes over lang tid?",
        "lang": "nb",
    },
    "application": {"needed": False, "you_may": True, "start": None},
    "href": f"/rights/v1/children/{_CHILD}/rights/barnekoordinator",
}
RIGHTS = {**_FRAME, "says": None, "rights": [_LIKELY, _POSSIBLE]}
ONE_RIGHT = {**_FRAME, "right": _RIGHT}
