"""Two children, and what each service says of them."""

from uuid import UUID, uuid4

from aiohttp import web

from tests.gateway.issuer import MOTHER


def words(text: str) -> dict:
    """A text as the services give it."""
    return {"text": text, "lang": "nb"}


SENT_AT = "2026-11-24T10:00:00Z"
PRELIMINARY = {
    "deadline_id": "forelopig-svar-gjeldende",
    "kind": "preliminary_answer",
    "last_day": "2026-12-28",
    "approximate": False,
    "days_left": 34,
    "text": words("Siste dag er 28. desember 2026."),
}


def case(case_id: str, title: str, awaited: str, says: str, **changed) -> dict:
    """A case as status lists it."""
    return {
        "id": case_id,
        "kind": "application",
        "right": {"id": "right", "name": words(title)},
        "authority": {"kind": "nav", "name": words("Nav")},
        "status": "submitted",
        "status_text": words("Sendt"),
        "open": awaited != "nobody",
        "submitted_at": SENT_AT,
        "answer": [PRELIMINARY] if awaited == "authority" else [],
        "awaited": {"from": awaited, "text": words(says)},
        "decision": None,
        "complaint": None,
        "complaints": [],
        **changed,
    }


def decided(outcome: str, **changed) -> dict:
    """What a case says when it is decided; `changed`: of the right to complain."""
    guidance = {
        "may": True,
        "late": False,
        "text": words("Du kan klage."),
        "deadline": "2027-01-05",
        "deadline_text": words("Siste dag er 5. januar 2027."),
        "days_left": 42,
    }
    return {
        "decision": {"outcome": outcome, "text": words("Avslag"), "decided_at": "2026-12-01"},
        "complaint": {**guidance, **changed},
    }


def right(number: int, verdict: str, *, missing: int = 0, told: int = 0, **changed) -> dict:
    """A right as rights lists it."""
    return {
        "id": f"right-{number}",
        "name": words(f"Rett {number}"),
        "verdict": verdict,
        "says": ["Kanskje.", "Mer."],
        "missing": [{"fact": f"fact-{n}"} for n in range(missing)],
        "told": told,
        "discreet": False,
        "only_rare": False,
        "why": None,
        "summary": words("…"),
        **changed,
    }


class Family:
    """What the services answer about two children of one mother; a test changes it."""

    def __init__(self, world) -> None:
        self.children: list[UUID] = [uuid4(), uuid4()]
        self.died: dict[UUID, str] = {}
        self.rights_say: str | None = None
        self.version = 1
        self.rights = [
            right(0, "must_be_assessed"),
            right(1, "likely"),
            right(2, "possible_missing_facts", missing=2),
            right(3, "likely"),
        ]
        self.cases = [
            case("case-1", "Hjelpestønad", "family", "Send mer"),
            case("case-2", "Avlastning", "authority", "Vi venter på svar"),
            case("case-3", "BPA", "nobody", "Ferdig"),
        ]
        self.next: str | None = None
        world.families.add_parent(MOTHER, *self.children)
        for name, reply in (("mapping", self.of_mapping), ("rights", self.of_rights), ("status", self.of_status)):
            world.services[name].reply = reply

    async def of_mapping(self, request):
        items = [
            {
                "id": str(child),
                "name": f"Barn {n}",
                "birth_date": "2017-04-21",
                "age": 9,
                "died": self.died.get(child),
                "ground": "guardian",
                "groups": None,
                "profile_version": n,
                "guardians": [],
            }
            for n, child in enumerate(self.children)
        ]
        return web.json_response({"items": items})

    async def of_rights(self, request):
        told = str(self.children[0]) not in request.path
        based_on = {"profile_version": self.version, "as_of": None, "told": told}
        return web.json_response(
            {"on": "2026-11-24", "based_on": based_on, "says": self.rights_say, "rights": self.rights}
        )

    async def of_status(self, request):
        return web.json_response({"items": self.cases, "next": self.next})
