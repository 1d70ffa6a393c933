"""A youth of 16 tells, applies, answers and complains herself; the municipality writes to her. Each thing in words that can be found again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.security.outside import Answer, Outside
from tests.support.asking.applications import PDF
from tests.support.asking.table import APPLICATIONS, CHILD, HAMAR, Asked, Family, asking_for, in_days, key, the_child
from tests.support.town import etag_of, person

FAMILY = Family(person("fjellrype", "egen"), person("fjellrype", "egen"), HAMAR)
MOTHER = person("fjellrype", "frisk")
ONE, CASE, INBOX = (
    f"{APPLICATIONS}/{{application_id}}",
    "/status/v1/cases/{case_id}",
    "/applications/v1/inbox/{application_id}",
)
TOLD: Mapping[str, Any] = {"serious_condition": True, "needs_assistance_in_school": True, "lives_at_home": True}
ANSWERS: Mapping[str, Any] = {
    "needs_personal_assistance": True,
    "assistance_need_duration_years": 3,
    "needs_assistance_hours_per_week": 37,
}
WORDS = {
    "free_text": "Jeg orker ikke at mamma hjelper meg i dusjen.",
    "answer": "Fastlegen har skrevet om natten i mars.",
    "asked": "Send det fastlegen skrev etter samtalen din.",
    "reasons": "Du har sagt at du klarer morgenen alene.",
    "about": "Dere spurte henne og ikke meg.",
    "wish": "Jeg vil bestemme hvem som hjelper meg.",
}
FILE = "samtale-med-helsesykepleier.pdf"


@dataclass(frozen=True)
class Youth:
    """The ids of what she has, as the values of addresses."""

    child: str
    grant: str
    draft: str
    application: str
    attachment: str
    request: str
    complaint: str
    evaluation: str

    @property
    def values(self) -> dict[str, str]:
        """For any address."""
        return {
            "child_id": self.child,
            "grant_id": self.grant,
            "application_id": self.application,
            "attachment_id": self.attachment,
            "request_id": self.request,
            "case_id": self.application,
            "complaint_id": self.complaint,
            "evaluation_id": self.evaluation,
            "right_id": "brukerstyrt-personlig-assistanse",
        }


class Telling:
    """Her requests, one after the other."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._hers, self._municipality = outside.person(FAMILY.asker), outside.organisation(HAMAR)

    async def ask(self, route: str, values: Mapping[str, str], *, org: bool = False, **request: Any) -> Answer:
        """One of hers, or the municipality's; AssertionError when it is refused."""
        method, template = route.split(" ")
        answer = await self._outside.ask(
            Asked(method, template, None, values, **request), self._municipality if org else self._hers
        )
        assert answer.http.is_success, f"{route}: {answer.status} {answer.http.text}"
        return answer

    async def draft(self, child: str) -> dict[str, str]:
        """A draft with her own words."""
        body: dict[str, Any] = {"child_id": child, "form_id": "brukerstyrt-personlig-assistanse"}
        started = await self.ask(f"POST {APPLICATIONS}", {}, json=body, headers=key())
        values = {"application_id": str(started.json["id"])}
        answers = [{"fact": fact, "state": "known", "value": value} for fact, value in ANSWERS.items()]
        body = {"answers": answers, "free_text": WORDS["free_text"]}
        await self.ask(f"PATCH {ONE}", values, json=body, headers=etag_of(started.http))
        return values

    async def etag(self, route: str, values: Mapping[str, str], *, org: bool = False) -> dict[str, str]:
        """What changes it, and a key."""
        return {**etag_of((await self.ask(f"GET {route}", values, org=org)).http), **key()}

    async def attach(self, values: Mapping[str, str]) -> str:
        """A file with a name that tells."""
        headers = {"Content-Type": "application/pdf", "Content-Disposition": f'attachment; filename="{FILE}"', **key()}
        return str((await self.ask(f"POST {ONE}/attachments", values, content=PDF, headers=headers)).json["id"])

    async def step(self, step: str, values: Mapping[str, str], body: Any) -> None:
        """The municipality's."""
        headers = await self.etag(INBOX, values, org=True)
        await self.ask(f"POST {INBOX}/{step}", values, org=True, json=body, headers=headers)


async def tell(outside: Outside) -> Youth:
    """The whole of it."""
    telling, town = Telling(outside), outside.town
    with asking_for(FAMILY):
        child = str(await the_child(town))
    of_child, profile = {"child_id": child}, f"{CHILD}/profile"
    facts = [{"fact": fact, "state": "known", "value": value} for fact, value in TOLD.items()]
    await telling.ask(
        f"PATCH {profile}", of_child, json={"facts": facts}, headers=await telling.etag(profile, of_child)
    )
    share = {
        "organisation": HAMAR,
        "purpose": "follow-up",
        "groups": ["health"],
        "actions": ["profile.read"],
        "valid_to": in_days(town, 90),
    }
    grant = await telling.ask(f"POST {CHILD}/grants", of_child, json=share, headers=key())
    draft, sent = await telling.draft(child), await telling.draft(child)
    first = await telling.attach(sent)
    await telling.ask(f"POST {ONE}/submission", sent, headers=await telling.etag(ONE, sent))
    await telling.step("receipt", sent, {"case_reference": "2026/16"})
    await telling.step("documentation-requests", sent, {"what": WORDS["asked"], "deadline": in_days(town, 30)})
    second = await telling.attach(sent)
    [request] = (await telling.ask(f"GET {ONE}", sent)).json["documentation_requests"]
    answer = {"text": WORDS["answer"], "attachment_ids": [second]}
    values = {**sent, "request_id": str(request["id"])}
    route = f"POST {ONE}/documentation-requests/{{request_id}}/answer"
    await telling.ask(route, values, json=answer, headers=await telling.etag(ONE, sent))
    await telling.step("decision", sent, refusal(in_days(town, 0), in_days(town, 60)))
    await town.spread()
    words = {"about": WORDS["about"], "wish": WORDS["wish"]}
    case = {"case_id": sent["application_id"]}
    complaint = await telling.ask(f"POST {CASE}/complaints", case, json=words, headers=key())
    await town.spread()
    return Youth(
        child,
        str(grant.json["id"]),
        draft["application_id"],
        sent["application_id"],
        first,
        values["request_id"],
        str(complaint.json["id"]),
        str((await telling.ask("GET /rights/v1/children/{child_id}/evaluations", of_child)).json["items"][0]["id"]),
    )


def refusal(today: str, deadline: str) -> dict[str, Any]:
    """The municipality says no, and why."""
    item = {"what": "BPA", "outcome": "refused", "reasons": WORDS["reasons"], "law": "pbrl § 2-1 d"}
    complaint = {"body": "statsforvalter", "send_to": "Hamar kommune", "deadline": deadline}
    return {"decided_at": today, "notified_at": today, "items": [item], "complaint": complaint}
