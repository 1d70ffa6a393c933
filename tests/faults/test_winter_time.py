"""The night to 25 October 2026: at 03:00 in Oslo it is 02:00 again. An hour comes twice, and nothing happens twice or before its time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.local.register.people import SyntheticPerson
from shared.dates import oslo_day
from tests.services.mapping.world import HAMAR
from tests.support.clock import MovableClock
from tests.support.town import Town, body_of, etag_of, person

SUMMER = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, the first time
WINTER = SUMMER + timedelta(hours=1)  # 02:30, the second time
APPLICATIONS, INBOX = "/applications/v1/applications", "/applications/v1/inbox"


async def asked(
    town: Town, who: SyntheticPerson, method: str, path: str, child: UUID | None = None, **request: Any
) -> Any:
    """A person's request, let in as the gateway lets it in."""
    caller = await town.person(who, method, path.split("?", maxsplit=1)[0], child)
    return await town[path.split("/")[1]].call(method, path, caller, **request)


async def at_hamar(town: Town, method: str, path: str, **request: Any) -> Any:
    caller = await town.organisation(HAMAR, method, path)
    return await town[path.split("/")[1]].call(method, path, caller, **request)


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


async def sent(town: Town, who: SyntheticPerson, *, place: int = 0) -> str:
    """An application of this person's for one of the children, sent now."""
    child = await town.child_of(who, place=place)
    body = {"child_id": str(child), "form_id": "avlastning"}
    draft = await asked(town, who, "POST", APPLICATIONS, json=body, headers=key())
    path = draft.headers["location"]
    answers = [
        {"fact": fault["field"].rsplit(".", 1)[-1], "state": "not_known"}
        for fault in body_of(draft)["lacks"]
        if "free_text" not in fault["field"]
    ]
    await asked(town, who, "PATCH", path, json={"answers": answers, "free_text": "Søknad."}, headers=etag_of(draft))
    read = await asked(town, who, "GET", path)
    answer = await asked(town, who, "POST", f"{path}/submission", headers={**key(), **etag_of(read)})
    return str(body_of(answer)["id"])


async def pages(town: Town) -> list[str]:
    """The inbox, one item a page, to its end."""
    found: list[str] = []
    cursor = None
    while True:
        page = body_of(await at_hamar(town, "GET", f"{INBOX}?limit=1" + (f"&cursor={cursor}" if cursor else "")))
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


async def test_the_inbox_keeps_the_order_in_which_things_came_in_though_the_clock_went_back(
    town: Town, module_clock: MovableClock
) -> None:
    families = (person("solstraale", "lun"), person("kaffekopp", "mild"), person("regnboge", "glad"))
    moments = (SUMMER, WINTER - timedelta(minutes=10), WINTER)  # 02:30, 02:20 and 02:30 on the wall
    came = []
    for who, at in zip(families, moments, strict=True):
        module_clock.move_to(at)
        came.append(await sent(town, who))
    assert await pages(town) == came


async def test_a_cases_steps_stand_in_their_order_and_the_reads_of_both_hours_on_one_day(
    town: Town, module_clock: MovableClock
) -> None:
    who = person("solstraale", "stodig")
    module_clock.move_to(SUMMER)
    application = await sent(town, who, place=1)
    module_clock.move_to(WINTER - timedelta(minutes=20))
    fetched = await at_hamar(town, "GET", f"{INBOX}/{application}")
    module_clock.move_to(WINTER)
    receipt = await at_hamar(
        town, "POST", f"{INBOX}/{application}/receipt", json={}, headers={**key(), **etag_of(fetched)}
    )
    assert receipt.status_code == 201
    await town.spread()

    case = body_of(await asked(town, who, "GET", f"/status/v1/cases/{application}"))
    assert [step["status"] for step in case["timeline"]] == ["submitted", "received"]
    assert [datetime.fromisoformat(step["at"]) for step in case["timeline"]] == [SUMMER, WINTER]
    child = await town.child_of(who, place=1)
    log = body_of(await asked(town, who, "GET", f"/mapping/v1/children/{child}/access-log", child))
    hamar = [line for line in log["items"] if "Hamar" in line["text"]]
    assert [(line["day"], line["times"]) for line in hamar] == [("2026-10-25", 2)]


@pytest.mark.parametrize(
    ("minutes", "taken"), [(-1, 201), (0, 422)], ids=["the last minute of the day", "the first of the next"]
)
async def test_the_last_day_to_complain_ends_at_midnight_in_oslo_whatever_the_clock_did_meanwhile(
    town: Town, module_clock: MovableClock, minutes: int, taken: int
) -> None:
    who = person("kaffekopp", "rolig") if minutes else person("regnboge", "kjapp")
    module_clock.move_to(datetime(2026, 10, 22, 10, tzinfo=UTC))
    application = await sent(town, who)
    last_day = await refused(town, application)
    await town.spread()
    midnight = datetime(2026, 12, 3, 23, tzinfo=UTC)  # 00:00 on 4 December in Oslo, an hour later than in summer
    assert oslo_day(midnight - timedelta(seconds=1)) == last_day

    module_clock.move_to(midnight + timedelta(minutes=minutes))
    complaint = {"about": "Vi trenger avlastning."}
    answer = await asked(town, who, "POST", f"/status/v1/cases/{application}/complaints", json=complaint, headers=key())
    assert answer.status_code == taken, answer.text


async def refused(town: Town, application: str) -> Any:
    """Hamar refuses it; the last day to complain."""
    path = f"{INBOX}/{application}"
    fetched = await at_hamar(town, "GET", path)
    receipt = await at_hamar(town, "POST", f"{path}/receipt", json={}, headers={**key(), **etag_of(fetched)})
    item = {
        "what": "Avlastning",
        "outcome": "refused",
        "reasons": "Ikke særlig tyngende.",
        "law": "helse- og omsorgstjenesteloven § 3-6",
    }
    last_day = datetime(2026, 12, 3, tzinfo=UTC).date()
    complaint = {"body": "statsforvalter", "send_to": "Hamar kommune", "deadline": last_day.isoformat()}
    decision = {"decided_at": "2026-10-22", "notified_at": "2026-10-22", "items": [item], "complaint": complaint}
    answer = await at_hamar(town, "POST", f"{path}/decision", json=decision, headers={**key(), **etag_of(receipt)})
    assert answer.status_code == 201, answer.text
    return last_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-10-24T21:59:59", "2026-10-24"),
        ("2026-10-24T22:00:00", "2026-10-25"),
        ("2026-10-25T22:59:59", "2026-10-25"),
        ("2026-10-25T23:00:00", "2026-10-26"),
    ],
)
def test_the_day_of_25_hours_begins_and_ends_at_midnight_in_oslo(moment: str, day: str) -> None:
    assert oslo_day(datetime.fromisoformat(moment).replace(tzinfo=UTC)).isoformat() == day
