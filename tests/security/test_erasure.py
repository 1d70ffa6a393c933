"""A child is erased after its whole story: nothing readable is left in any service, by any door, and everyone else goes on."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from deploy.local.layout import WITH_DATABASE
from services.mapping import erase
from shared.auth.principals import Kind, Principal, Subject
from shared.domain import Erased
from tests.support.asking import applications as asking_applications
from tests.support.asking import mapping as asking_mapping
from tests.support.asking.complaints import complain_and_win
from tests.support.asking.table import HAMAR, NAV, asked, key, the_child
from tests.support.town import Town, body_of, person

MOTHER, CHILD = person("solstraale", "lun"), person("solstraale", "blid")
WORDS = ("nettene er ikke", "oppe flere ganger", "behovet er dekket", "2026/1234")
SEALED = {
    "mapping": (("person", "name", "id", "id"), ("fact", "value", "subject_id", "id")),
    "rights": (
        ("assessment", "content", "coalesce(applicant_id, subject_id)", "id"),
        ("evaluation", "content", "coalesce(applicant_id, subject_id)", "id"),
    ),
    "applications": (
        ("application", "snapshot", "subject_id", "id"),
        ("decision", "content", "subject_id", "id"),
        ("receipt", "case_reference", "subject_id", "application_id"),
    ),
    "status": (("complaint", "said", "subject_id", "id"),),
}
"""Where a service keeps something sealed about a child: table, column, whose it is, and the row it is bound to."""
KEPT = {"application", "decision", "receipt", "complaint"}
"""What stays for the authorities' sake, without a readable word."""


@pytest.fixture(scope="module")
async def story(town: Town) -> dict[str, str]:
    """Told, judged, applied for twice, refused, complained about and won; a draft with a file; everyone has heard."""
    child = await the_child(town)
    body_of(await (await asking_mapping.change_profile(town)).send(town))
    case, complaint = await complain_and_win(town)
    sent = await asking_applications.submitted(town)
    draft = await asking_applications._attached(town)
    await town.spread()
    return {
        "child": str(child),
        "case": case,
        "complaint": complaint,
        "sent": sent["application_id"],
        "draft": draft["application_id"],
        "file": draft["attachment_id"],
    }


@pytest.fixture(scope="module")
async def sealed(town: Town, story: dict[str, str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Every sealed value of the child's, as it stood in the tables before."""
    found = {}
    for service, places in SEALED.items():
        for table, column, owner, row in places:
            found[service, table] = await town[service].rows(
                f"select {column} as sealed, {row} as row, '{column}' as place from {table} where {owner} = :child and {column} is not null",
                child=UUID(story["child"]),
            )
    return found


@pytest.fixture(scope="module")
async def erased(town: Town, story: dict[str, str], sealed: object) -> dict[str, str]:
    """The operator's command, and everything that follows from it. The guardian's own requests were made ready before."""
    settings = town["mapping"].app.state.settings
    file = settings.data_keys_dir / "erasures.jsonl"
    await erase.erase(settings, [UUID(story["child"])], file, clock=town.clock)
    await town.spread()
    return story


async def test_before_it_everything_could_be_opened(town, story, sealed):
    assert [place for place, rows in sealed.items() if not rows] == []
    opened = [opens(town, service, table, rows, story["child"]) for (service, table), rows in sealed.items()]
    assert [len(each) for each in opened] == [len(rows) for rows in sealed.values()]
    said = b" ".join(text for each in opened for text in each).decode().lower()
    assert [word for word in (*WORDS, CHILD.name.lower()) if word not in said] == []


async def test_no_sealed_value_opens_any_more_wherever_it_may_have_been_copied_to(town, erased, sealed):
    for (service, table), rows in sealed.items():
        assert opens(town, service, table, rows, erased["child"]) == [], (service, table)


def opens(town: Town, service: str, table: str, rows: Iterable[dict[str, Any]], child: str) -> list[bytes]:
    """Those of the values that the service can still open."""
    found = []
    for row in rows:
        place = (table, row["place"], row["row"])
        with suppress(Erased):
            found.append(town[service].app.state.sealer.unseal(UUID(child), row["sealed"], place))
    return found


async def test_no_table_but_those_that_must_stay_names_the_child(town, erased):
    machinery = {"outbox", "inbox", "inbox_sequence", "access_log", "refusal", "idempotency_key", "access_grant"}
    for service in SEALED:
        tables = await town[service].rows(
            "select table_name as name from information_schema.tables where table_schema = :schema", schema=service
        )
        naming = {
            table["name"]
            for table in tables
            if await town[service].rows(
                f"select 1 from {table['name']} t where t::text like '%' || :child || '%'", child=erased["child"]
            )
        }
        assert naming - machinery <= KEPT, service
    assert await town["applications"].rows("select 1 from application where id = :id", id=UUID(erased["draft"])) == []


async def test_what_stays_says_what_the_authorities_did_and_when(town, erased):
    [case] = await town["applications"].rows("select * from application where id = :id", id=UUID(erased["case"]))
    assert (case["status"], case["right_id"]) == ("decided", "avlastning")
    [decision] = await town["applications"].rows(
        "select outcome, decided_at, superseded_outcome from decision where application_id = :id",
        id=UUID(erased["case"]),
    )
    assert (decision["outcome"], decision["superseded_outcome"]) == ("refused", "reversed")
    [complaint] = await town["status"].rows("select status from complaint where id = :id", id=UUID(erased["complaint"]))
    assert complaint["status"] == "decided"
    assert await town["status"].rows("select 1 from access_log where child_id = :child", child=UUID(erased["child"]))


async def test_through_no_door_is_anything_readable(town, erased):
    """With tokens that were given out before the erasure, which live for a minute more, and as the authorities."""
    guardian = Principal(
        Kind.CITIZEN, erased["child"], subjects={UUID(erased["child"]): Subject("guardian")}, purpose=None
    )
    paths = (
        "/mapping/v1/children/{child}/profile",
        "/mapping/v1/children/{child}/profile/history",
        "/mapping/v1/children/{child}/grants",
        "/mapping/v1/children/{child}/access-log",
        "/mapping/v1/children",
        "/rights/v1/children/{child}",
        "/applications/v1/applications?child_id={child}",
        "/applications/v1/applications/{case}",
        "/applications/v1/applications/{sent}",
        "/applications/v1/applications/{draft}",
        "/applications/v1/applications/{draft}/attachments/{file}",
        "/status/v1/children/{child}/overview",
        "/status/v1/cases/{case}",
        "/status/v1/complaints/{complaint}",
    )
    answers = [await town[path.split("/")[1]].get(path.format_map(erased), guardian) for path in paths]
    for org, inbox in ((HAMAR, "case"), (NAV, "sent")):
        path = f"/applications/v1/inbox/{erased[inbox]}"
        answers.append(await town["applications"].get(path, await town.organisation(org, "GET", path)))
    path = f"/status/v1/complaint-inbox/{erased['complaint']}"
    answers.append(await town["status"].get(path, await town.organisation(HAMAR, "GET", path)))
    for answer in answers:
        assert answer.status_code in {200, 404, 410}, (answer.request.url.path, answer.status_code)
        said = answer.text.lower()
        assert [word for word in (*WORDS, CHILD.name.lower(), CHILD.national_id) if word in said] == []
    assert {answer.status_code for answer in answers[-3:]} == {410}


async def test_mapping_gives_nobody_a_way_to_the_child(town, erased):
    answer = await town.decide(
        {"kind": "citizen", "national_id": MOTHER.national_id}, "profile.read", erased["child"], "mapping"
    )
    assert answer.status_code == 404
    assert (
        await town["mapping"].rows("select 1 from pseudonym where person_id = :child", child=UUID(erased["child"]))
        == []
    )


async def test_nothing_is_set_aside_and_no_event_says_more_than_ids(town, erased):
    for service in WITH_DATABASE:
        if service not in town.services:
            continue
        assert await town[service].rows("select 1 from parked_event") == [], service
        events = str(await town[service].rows("select data from outbox")).lower()
        assert [word for word in (*WORDS, CHILD.name.lower(), CHILD.national_id) if word in events] == [], service


async def test_the_mother_and_the_sibling_go_on(town, erased):
    listed = body_of(await town["mapping"].get("/mapping/v1/children", await town.person(MOTHER)))["items"]
    [sibling] = [each["id"] for each in listed if each["ground"] == "guardian"]
    assert sibling != erased["child"]
    body = {"child_id": sibling, "form_id": "hjelpestonad"}
    started = await asked(town, "POST /applications/v1/applications", json=body, headers=key())
    assert (await started.send(town)).status_code == 201
    path = f"/rights/v1/children/{sibling}"
    assert (await town["rights"].get(path, await town.person(MOTHER, "GET", path, UUID(sibling)))).status_code == 200


async def test_erased_once_more_and_heard_once_more_nothing_changes(town, erased):
    counts = {service: await count(town, service) for service in SEALED}
    settings = town["mapping"].app.state.settings
    await erase.erase(settings, [UUID(erased["child"])], settings.data_keys_dir / "erasures.jsonl", clock=town.clock)
    await town.spread()
    assert {service: await count(town, service) for service in SEALED} == counts


async def count(town: Town, service: str) -> dict[str, int]:
    return {table: len(await town[service].rows(f"select 1 from {table}")) for table, *_ in SEALED[service]}
