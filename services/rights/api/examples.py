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
    "only_rare": False,
    "stale": [],
    "because": {
        "id": "blind",
        "kind": "fact",
        "truth": "true",
        "rare": True,
        "fact": "blind_or_cannot_orient_by_sight",
        "value": True,
        "source": "guardian",
        "law": "ftrl § 6-4 femte ledd",
        "confidence": "sourced",
        "comparisons": [{"comparator": "is", "bound": True}],
    },
    "would_change": [{"node": "blind", "fact": "blind_or_cannot_orient_by_sight", "to": False}],
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
    "only_rare": False,
    "missing": [],
    "told": 6,
    "discreet": False,
    "why": _RIGHT["reasons"][0]["text"],
    "application": {key: _RIGHT["application"][key] for key in ("needed", "you_may", "start")},
    "catalog": "/catalog/v1/services/hjelpestonad",
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
    "only_rare": False,
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
    "catalog": "/catalog/v1/services/barnekoordinator",
    "href": f"/rights/v1/children/{_CHILD}/rights/barnekoordinator",
}
RIGHTS = {**_FRAME, "says": None, "rights": [_LIKELY, _POSSIBLE]}
ONE_RIGHT = {**_FRAME, "right": _RIGHT}
NEXT_QUESTIONS: dict[str, Any] = {
    **_FRAME,
    "questions": [
        {
            "fact": "hospital_treated",
            "subject": "child",
            "type": "boolean",
            "question": {
                "text": "Blir barnet utredet, behandlet eller fulgt opp av sykehus eller annen spesialist?",
                "lang": "nb",
            },
            "sensitive": False,
            "cause": "not_told",
            "together": ["admitted_to_health_institution"],
            "rights": [
                {
                    "id": "pleiepenger-sykt-barn",
                    "name": {"text": "Pleiepenger for sykt barn", "lang": "nb"},
                    "discreet": False,
                }
            ],
        }
    ],
}
TOLD: dict[str, Any] = {
    "at": "2026-11-25",
    "facts": {
        "birth_date": "2018-03-02",
        "lives_in_norway": True,
        "national_insurance_member": True,
        "needs_supervision_or_care_more_than_same_age": True,
        "care_need_level": "extensive",
    },
    "not_known": ["condition_permanent"],
}
_START = {
    "method": "POST",
    "href": "/applications/v1/applications",
    "body": {"form_id": "hjelpestonad"},
    "lacks": ["child_id"],
}
EVALUATION: dict[str, Any] = {
    "at": "2026-11-25",
    "because_schema": "/rights/v1/schemas/because",
    "rights": [
        {
            "id": "hjelpestonad",
            "name": {"text": "Hjelpestønad", "lang": "nb"},
            "summary": _LIKELY["summary"],
            "verdict": "possible_missing_facts",
            "says": ["Kan ha rett til dette. Noen svar mangler."],
            "confidence": None,
            "only_rare": False,
            "stale": [],
            "missing": ["lives_in_institution", "private_care_provided"],
            "from_register": [],
            "because": {
                "id": "conditions",
                "kind": "all",
                "truth": "unknown",
                "parts": [
                    {
                        "id": "private-care-provided",
                        "kind": "fact",
                        "truth": "unknown",
                        "cause": "not_asked",
                        "fact": "private_care_provided",
                        "law": "ftrl § 6-4 første ledd",
                        "confidence": "sourced",
                        "comparisons": [{"comparator": "is", "bound": True}],
                    }
                ],
            },
            "would_change": [{"node": "private-care-provided", "fact": "private_care_provided", "to": True}],
            "rule": "/rights/v1/rules/hjelpestonad",
            "catalog": "/catalog/v1/services/hjelpestonad",
            "application": {"needed": True, "form": "NAV 06-04.04", "start": _START},
        }
    ],
    "next_questions": NEXT_QUESTIONS["questions"],
}
RULE_SUMMARY: dict[str, Any] = {
    "id": "hjelpestonad",
    "href": "/rights/v1/rules/hjelpestonad",
    "name": {"text": "Hjelpestønad", "lang": "nb"},
    "summary": _LIKELY["summary"],
    "kind": "benefit",
    "area": "economy",
    "level": "state",
    "authority": {"id": "nav", "name": {"text": "Nav", "lang": "nb"}},
    "judged_for": "child",
    "confidence": "sourced",
    "catalog": "/catalog/v1/services/hjelpestonad",
}
RULE: dict[str, Any] = {
    **RULE_SUMMARY,
    "on": "2026-11-25",
    "valid": {"from": None, "until": None, "href": "/rights/v1/rules/hjelpestonad"},
    "tree": {
        "id": "member",
        "fact": "national_insurance_member",
        "is": True,
        "law": "ftrl § 6-4 første ledd",
    },
    "text": [
        {
            "node": "member",
            "level": 2,
            "text": {
                "text": "Svaret må være ja på: Er barnet medlem i folketrygden? De fleste som bor i Norge, er det.",
                "lang": "nb",
            },
            "law": [{**_FTRL, "text": "Folketrygdloven § 6-4 første ledd", "place": "§ 6-4 første ledd"}],
        }
    ],
    "start": _START,
}
