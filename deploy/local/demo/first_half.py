"""The first half: from login to applications sent, and the family's say over who sees what."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.local.demo.client import Caller, until
from deploy.local.demo.narrator import expect
from deploy.local.demo.rights import look_without_login, see_what_comes
from deploy.local.demo.start_page import open_cases, tell_open_case
from deploy.local.demo.traces import drawn, roots, spans_of
from deploy.local.demo.world import World
from shared.dates import oslo_day

TOLD: dict[str, Any] = {
    "national_insurance_member": True,
    "serious_condition": True,
    "condition_permanent": True,
    "chronic_or_long_term_illness": True,
    "has_disability": True,
    "rare_diagnosis": True,
    "care_need_level": "extensive",
    "needs_supervision_or_care_more_than_same_age": True,
    "private_care_provided": True,
    "heavy_care_burden": True,
    "lives_at_home": True,
    "lives_in_institution": False,
    "needs_coordinated_services_count": 5,
    "needs_long_term_coordinated_services": True,
    "needs_habilitation": True,
    "needs_companion": True,
    "in_school": True,
    "needs_transport_due_to_disability": True,
    "needs_assistance_in_school": True,
    "parent_national_insurance_member": True,
    "parent_employed": True,
}
MISSING_ONE = ("hjelpestonad", "blind_or_cannot_orient_by_sight", False)
FORMS = ("hjelpestonad", "avlastning")
MUNICIPALITY = "hamar"
PURPOSE = "follow-up"
_TRACE_MUST_SHOW = ("gateway:", "applications:", "status: process no.somlos.application.submitted.v1")


@dataclass(slots=True)
class Family:
    """The mother, her child, and the two applications by form."""

    mother: Caller
    child: str
    applications: dict[str, str]


async def tell(world: World) -> Family:
    """Tells the first half. Raises StoryBroken where something promised is absent."""
    say = world.narrator
    say.chapter("Anyone can look first")
    await look_without_login(world)
    say.chapter("A mother tells her story once")
    family = await _log_in(world)
    before = await _start_over(world, family)
    await _tell_the_story(world, family, before)
    await _answer_what_is_missing(world, family)
    await see_what_comes(family.mother, family.child, world)
    say.chapter("Applications that are already filled in")
    for form in FORMS:
        await _apply(world, family, form)
    await _see_the_overview(world, family)
    say.chapter("The family decides who sees what")
    await _share_and_withdraw(world, family)
    return family


async def _log_in(world: World) -> Family:
    say = world.narrator
    say.step("A mother logs in with ID-porten and sees her children, as the population register knows them.")
    mother = await world.citizen("lun")
    listed = (await mother.get("/mapping/v1/children")).json()["items"]
    for each in listed:
        say.says(f"{each['name']}, {each['age']} år")
    child = next(each for each in listed if each["name"].startswith("Blid"))
    return Family(mother, child["id"], {})


async def _start_over(world: World, family: Family) -> int:
    """How many rights were likely before the story; a story that an earlier run told is taken back first."""
    path = f"/mapping/v1/children/{family.child}/profile"
    answer = await family.mother.look(path)
    told = [
        fact["fact"] for fact in answer.json()["facts"] if fact["source"] == "told" and fact.get("said_by") == "you"
    ]
    if told:
        world.narrator.step(
            "An earlier run has told this story. The mother takes it back, so that it can be told again."
        )
        entries = [{"fact": fact, "state": "withdrawn"} for fact in told]
        await family.mother.patch(path, {"facts": entries}, etag=answer.headers["etag"])
    return len(await _rights(family, await _version(family), "likely"))


async def _version(family: Family) -> int:
    answer = await family.mother.look(f"/mapping/v1/children/{family.child}/profile")
    return int(answer.json()["version"])


async def _rights(family: Family, version: int, *verdicts: str) -> list[dict[str, Any]]:
    """The child's rights with these verdicts, once they rest on that version of the profile."""

    async def look() -> Any:
        answer = await family.mother.look(f"/rights/v1/children/{family.child}")
        return answer.json() if answer.is_success and answer.json()["based_on"]["profile_version"] >= version else None

    found = await until(f"the rights to follow version {version} of the profile", look)
    return [right for right in found["rights"] if not verdicts or right["verdict"] in verdicts]


async def _whole(family: Family, right: dict[str, Any]) -> dict[str, Any]:
    """A right of the list with its reasons, its amounts and what must be judged."""
    whole: dict[str, Any] = (await family.mother.look(right["href"])).json()["right"]
    expect(whole["verdict"] == right["verdict"], f"{right['id']} was answered otherwise in the list than by itself")
    return whole


async def _tell_the_story(world: World, family: Family, before: int) -> None:
    say = world.narrator
    say.step(f"She tells about the situation once: {len(TOLD)} things, each with who said it and when.")
    path = f"/mapping/v1/children/{family.child}/profile"
    etag = (await family.mother.look(path)).headers["etag"]
    body = {"facts": [{"fact": fact, "state": "known", "value": value} for fact, value in TOLD.items()]}
    changed = await family.mother.patch(path, body, etag=etag)
    say.step("New rights appear by themselves, each with its reasons and its law.")
    rights = await _rights(family, changed.json()["version"])
    await family.mother.get(f"/rights/v1/children/{family.child}")
    likely = [right for right in rights if right["verdict"] == "likely"]
    say.says(f"Before: {before} likely. Now: {len(likely)} likely of {len(rights)} shown.")
    expect(len(likely) > before, "the story opened no new right")
    for right in [await _whole(family, each) for each in likely[:3]]:
        say.says(f"• {right['name']['text']}: {' '.join(right['says'])}")
        expect(right["reasons"], f"{right['id']} is likely and gave no reason")
        for reason in right["reasons"][:2]:
            say.says(f"    {reason['text']['text']} ({', '.join(law['text'] for law in reason['law'])})")
    expect(likely[0]["told"], "the list does not begin with what she has told about")
    await _say_unknown_rate(world, family, rights)


async def _say_unknown_rate(world: World, family: Family, rights: list[dict[str, Any]]) -> None:
    """Where no current rate is known, that is said; never a made-up amount."""
    for right in rights:
        rates = [amount["rate"] for amount in (await _whole(family, right))["amounts"] if amount["rate"]]
        if unknown := next((rate for rate in rates if rate["value"] is None), None):
            said = f"{right['name']['text']}: {unknown['says']['text']}"
            world.narrator.says(f"Where no current rate is known, that is said: {said}")
            return
    expect(False, "no right said that its rate is not known today")


async def _answer_what_is_missing(world: World, family: Family) -> None:
    say, (right_id, fact, answer) = world.narrator, MISSING_ONE
    say.step("Hjelpestønad hangs on a single answer. She sees the question and answers it.")
    path = f"/rights/v1/children/{family.child}/rights/{right_id}"
    right = (await family.mother.get(path)).json()["right"]
    say.says(" ".join(right["says"]), *(question["question"]["text"] for question in right["missing"]))
    expect([question["fact"] for question in right["missing"]] == [fact], f"{right_id} did not hang on {fact} alone")
    profile = f"/mapping/v1/children/{family.child}/profile"
    etag = (await family.mother.look(profile)).headers["etag"]
    changed = await family.mother.patch(
        profile, {"facts": [{"fact": fact, "state": "known", "value": answer}]}, etag=etag
    )
    listed = next(each for each in await _rights(family, changed.json()["version"]) if each["id"] == right_id)
    after = await _whole(family, listed)
    say.says(
        " ".join(after["says"]),
        *(f"{each['what']['text']} ({each['by']['name']['text']})" for each in after["to_be_assessed"]),
    )
    expect(not after["missing"], "a fact that was answered is still missing")


async def _apply(world: World, family: Family, form: str) -> None:
    say, mother = world.narrator, family.mother
    say.step(f"She opens {form}. The application is already filled in, and each answer says where it comes from.")
    draft = await mother.post("/applications/v1/applications", {"child_id": family.child, "form_id": form})
    lines = [line for part in draft.json()["parts"] for line in part["lines"]]
    filled = [line for line in lines if line["source"]]
    say.says(
        f"{len(filled)} of {len(lines)} answers are filled in. {draft.json()['national_form'] or draft.json()['national_form_text']['text']}"
    )
    say.says(*(notice["text"]["text"] for notice in draft.json()["notices"]))
    for line in filled[:3]:
        say.says(f"{line['question']['text']} — {line['value']} ({line['source']['text']['text']})")
    expect(filled, f"nothing was filled in in {form}")
    path, etag = draft.headers["location"], draft.headers["etag"]
    answers = [
        {"fact": lack["field"].rsplit(".", 1)[-1], "state": "not_known"}
        for lack in draft.json()["lacks"]
        if "free_text" not in lack["field"]
    ]
    free_text = "Vi er oppe flere ganger hver natt, og søsken må ofte vente."
    etag = (await mother.patch(path, {"answers": answers, "free_text": free_text}, etag=etag)).headers["etag"]
    say.step("She reads it through and sends it.")
    sent = await mother.post(f"{path}/submission", etag=etag)
    family.applications[form] = sent.json()["id"]
    say.says(f"Sent to {sent.json()['authority']['name']['text']}. {sent.json()['status_text']['text']}.")
    if form == FORMS[-1]:
        await _draw_trace(world, mother.last_trace)


async def _draw_trace(world: World, trace: str) -> None:
    world.narrator.step(
        "One trace follows that last submission from the gateway, through Kafka, to the last projection."
    )

    async def look() -> Any:
        spans = spans_of(world.traces, trace)
        lines = list(drawn(spans)) if spans else []
        whole = len(roots(spans)) == 1 and all(any(word in line for line in lines) for word in _TRACE_MUST_SHOW)
        return lines if whole else None

    world.narrator.drawing(await until("the whole trace", look))


async def _see_the_overview(world: World, family: Family) -> None:
    say = world.narrator
    say.step(
        "One call gives her start page: both cases, over two agencies, with what happens next and what the law says about the answer."
    )
    sent = family.applications.values()

    async def look() -> Any:
        answer = await family.mother.look("/overview")
        return answer.is_success and len(open_cases(answer.json(), family.child, sent)) == len(sent)

    await until("both cases on the start page", look)
    start_page = (await family.mother.get("/overview")).json()
    for case in open_cases(start_page, family.child, sent):
        tell_open_case(say, case)
    expect("unavailable" not in str(start_page), "a part of the start page was unavailable")


async def _share_and_withdraw(world: World, family: Family) -> None:
    say, mother = world.narrator, family.mother
    say.step("The municipality has no grant yet. What it may not see, is not there for it.")
    municipality = await world.organisation(MUNICIPALITY, "somlos:profile.read", "somlos:grants.read")
    await municipality.get(f"/mapping/v1/children/{family.child}/profile", expect=404)
    say.step("The mother lets Hamar municipality see what she has told about care and function, for half a year.")
    grant = await _grant(world, family)
    listed = (await municipality.get("/mapping/v1/grants")).json()["items"]
    given = next(each for each in listed if each["id"] == grant["id"])
    say.says(f"The municipality knows the child by its own pseudonym: {given['child_id']}")
    expect(given["child_id"] != family.child, "the municipality saw the child's inner id")
    shared = f"/mapping/v1/children/{given['child_id']}/profile"
    facts = (await municipality.get(shared)).json()["facts"]
    say.says(f"It reads {len(facts)} facts, all of them about {', '.join(sorted({fact['group'] for fact in facts}))}.")
    expect(
        facts and {fact["group"] for fact in facts} <= {"care", "function"},
        "the municipality saw another group than was shared",
    )
    say.step("She withdraws the grant. The municipality's very next read finds nothing.")
    current = await mother.look(f"/mapping/v1/grants/{grant['id']}")
    await mother.post(f"/mapping/v1/grants/{grant['id']}/withdrawal", etag=current.headers["etag"])
    await municipality.get(shared, expect=404)
    await _read_the_log(world, family)


async def _grant(world: World, family: Family) -> dict[str, Any]:
    """A grant to the municipality; one that an earlier, broken run left behind is withdrawn first."""
    today = oslo_day(datetime.now(UTC))
    path, number = f"/mapping/v1/children/{family.child}/grants", world.organisation_number(MUNICIPALITY)
    for left in (await family.mother.look(path)).json()["items"]:
        if left["withdrawn_at"] is None and (left.get("organisation") or {}).get("number") == number:
            etag = (await family.mother.look(f"/mapping/v1/grants/{left['id']}")).headers["etag"]
            await family.mother.post(f"/mapping/v1/grants/{left['id']}/withdrawal", etag=etag)
    body = {
        "organisation": number,
        "purpose": PURPOSE,
        "groups": ["care", "function"],
        "actions": ["profile.read"],
        "valid_from": today.isoformat(),
        "valid_to": (today + timedelta(days=180)).isoformat(),
    }
    given: dict[str, Any] = (await family.mother.post(path, body)).json()
    return given


async def _read_the_log(world: World, family: Family) -> None:
    say = world.narrator
    say.step("Her access log shows every read by others, in plain words.")
    path = f"/mapping/v1/children/{family.child}/access-log"

    async def look() -> Any:
        lines = (await family.mother.look(path)).json()["items"]
        words = " ".join(line["text"] for line in lines)
        return lines if "Hamar" in words else None

    await until("the municipality's reads in the access log", look)
    for line in (await family.mother.get(path)).json()["items"][:8]:
        say.says(f"• {line['text']}")
