"""A decision is taken in once, told of once, and shown to both; one that does not say what it must is refused, and each thing that lacks is named."""

import pytest

from tests.services.applications.office import (
    CHANGED,
    COMPLAINT,
    DECIDED,
    GRANTED,
    REFUSED,
    Office,
    decision,
    faults,
    good,
    problem,
)
from tests.services.applications.world import APPLICATIONS

PARTLY = {**REFUSED, "outcome": "partly", "amount": {"value": "1200", "unit": "NOK/month"}}


@pytest.fixture
def nav(world):
    return Office(world)


async def test_a_decision_is_told_of_once_without_a_word_of_it(world, nav):
    case = await nav.received()
    period = {"from": "2026-12-01", "to": None}
    sent = await nav.decide(case, decision({**GRANTED, "period": period}, PARTLY, REFUSED))
    assert (sent.status_code, sent.headers["ETag"]) == (201, '"3"')
    [event] = await world.service.outbox(DECIDED)
    assert event["version"] == 3
    assert event["data"] == {
        "application_id": case["id"],
        "child_id": str(world.child.id),
        "outcome": "partly",
        "decided_at": "2026-11-24",
        "changed_at": "2026-11-24T10:00:00Z",
        "notified_at": "2026-11-24",
        "complaint_deadline": "2027-01-05",
        "complaint_body": "nav_klageinstans",
        "version": 3,
    }
    assert [each["version"] for each in await world.service.outbox(CHANGED)] == [2]


async def test_both_see_the_same_decision(world, nav):
    case = await nav.decided({**GRANTED, "period": {"from": "2026-12-01", "to": "2027-12-01"}}, REFUSED)
    mine, theirs = good(await world.read(case)), good(await nav.read(case))
    assert mine["decision"] == theirs["decision"]
    assert (mine["status"], theirs["status"], theirs["due"]) == ("decided", "decided", None)
    found = mine["decision"]
    assert (found["outcome"], found["outcome_text"]["text"]) == ("partly", "Delvis innvilget")
    assert found["items"][0] == {
        "what": "Hjelpestønad sats 2",
        "outcome": "granted",
        "outcome_text": {"text": "Innvilget", "lang": "nb"},
        "amount": {"value": "2500.50", "unit": "NOK/month"},
        "period": {"from": "2026-12-01", "to": "2027-12-01"},
        "reasons": None,
        "law": None,
    }
    assert found["items"][1]["reasons"] == REFUSED["reasons"]
    assert found["complaint"] == {**COMPLAINT, "body_name": {"text": "Nav klageinstans", "lang": "nb"}}
    assert (found["superseded_by"], found["superseded_text"]) == (None, None)


async def test_every_word_of_a_decision_is_sealed(world, nav):
    await nav.decided()
    [row] = await world.service.rows("select * from decision")
    assert b"tilsyn" not in row["content"]
    assert REFUSED["reasons"] not in str(row)
    assert (row["outcome"], row["complaint_body"]) == ("refused", "nav_klageinstans")


async def test_what_is_granted_needs_nothing_more(world, nav):
    case = await nav.received()
    good(await nav.decide(case, {"decided_at": "2026-11-24", "items": [GRANTED]}))
    [event] = await world.service.outbox(DECIDED)
    assert (event["data"]["outcome"], set(event["data"]) & {"notified_at", "complaint_deadline", "complaint_body"}) == (
        "granted",
        set(),
    )


async def test_a_bare_refusal_is_refused_and_each_thing_that_lacks_is_named_in_words(world, nav):
    case = await nav.received()
    bare = {"decided_at": "2026-11-24", "notified_at": "2026-11-24", "items": [{"what": "Alt", "outcome": "refused"}]}
    answer = await nav.decide(case, bare)
    assert faults(answer) == {
        "items.0.reasons": "reasons-lacking",
        "items.0.law": "law-lacking",
        "complaint.body": "body-lacking",
        "complaint.send_to": "address-lacking",
        "complaint.deadline": "deadline-lacking",
    }
    assert answer.json()["errors"][0]["detail"] == "Familien må få vite hvorfor. Skriv begrunnelsen."
    assert "nav_klageinstans by the right" in answer.json()["errors"][2]["expected"]
    assert good(await nav.read(case))["status"] == "received"
    assert await world.service.outbox(DECIDED) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (decision({**REFUSED, "reasons": "  "}), {"items.0.reasons": "reasons-lacking"}),
        (decision(GRANTED, {**PARTLY, "law": None}), {"items.1.law": "law-lacking"}),
        (decision({**REFUSED, "amount": GRANTED["amount"]}), {"items.0.amount": "amount-of-a-refusal"}),
        (
            decision({**GRANTED, "period": {"from": "2026-12-01", "to": "2026-12-01"}}),
            {"items.0.period.to": "not-after-from"},
        ),
        (decision(complaint={**COMPLAINT, "body": None}), {"complaint.body": "body-lacking"}),
        (decision(complaint={**COMPLAINT, "body": "naboen"}), {"complaint.body": "unknown-body"}),
        (decision(complaint={**COMPLAINT, "send_to": ""}), {"complaint.send_to": "address-lacking"}),
        (decision(complaint={**COMPLAINT, "deadline": None}), {"complaint.deadline": "deadline-lacking"}),
        (decision(GRANTED, decided_at="2026-11-25", notified_at=None, complaint=None), {"decided_at": "in-the-future"}),
        (decision(decided_at="2026-11-23"), {"decided_at": "before-the-application"}),
        (
            decision(notified_at="2026-11-25", complaint={**COMPLAINT, "deadline": "2027-02-01"}),
            {"notified_at": "in-the-future"},
        ),
    ],
)
async def test_each_refusal_names_its_field_in_three_languages(nav, body, expected):
    case = await nav.received()
    said = set()
    for lang in ("nb", "nn", "en"):
        nav.headers = {"Accept-Language": lang}
        answer = await nav.decide(case, body)
        assert faults(answer) == expected
        said.add(answer.json()["errors"][0]["detail"])
    assert len(said) >= 2
    assert not said & {"Dette kan ikke brukes slik det står.", "This cannot be used as it is."}


@pytest.mark.parametrize(
    ("notified", "deadline"), [("2026-11-24", "2027-01-04"), (None, "2027-01-04"), ("2026-11-24", "2026-12-01")]
)
async def test_a_time_limit_shorter_than_the_laws_names_both_dates(nav, notified, deadline):
    case = await nav.received()
    body = decision(notified_at=notified, complaint={**COMPLAINT, "deadline": deadline})
    answer = await nav.decide(case, body)
    assert faults(answer) == {"complaint.deadline": "deadline-shorter-than-law"}
    [fault] = answer.json()["errors"]
    assert deadline in fault["expected"]
    assert "2027-01-05" in fault["expected"]
    day = {"2027-01-04": "4. januar 2027", "2026-12-01": "1. desember 2026"}[deadline]
    assert f"satt til {day}" in fault["detail"]
    assert "5. januar 2027 (ftrl § 21-12 femte ledd; fvl § 29)" in fault["detail"]


async def test_a_longer_time_limit_is_the_authoritys_to_give(nav):
    case = await nav.received()
    good(await nav.decide(case, decision(complaint={**COMPLAINT, "deadline": "2027-03-01"})))
    assert good(await nav.read(case))["decision"]["complaint"]["deadline"] == "2027-03-01"


async def test_while_the_notice_is_not_dated_the_last_day_may_be_left_out(world, nav):
    case = await nav.received()
    good(await nav.decide(case, decision(notified_at=None, complaint={**COMPLAINT, "deadline": None})))
    [event] = await world.service.outbox(DECIDED)
    assert "complaint_deadline" not in event["data"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": 1200}, "items.0.amount.value"),
        ({"value": 1200.5}, "items.0.amount.value"),
        ({"value": "-1"}, "items.0.amount.value"),
        ({"value": "1e3"}, "items.0.amount.value"),
        ({"value": "1,5"}, "items.0.amount.value"),
        ({"value": "007"}, "items.0.amount.value"),
        ({"unit": "EUR"}, "items.0.amount.unit"),
    ],
)
async def test_an_amount_is_a_decimal_in_text_with_a_unit_that_is_known(nav, change, field):
    case = await nav.received()
    item = {**GRANTED, "amount": {**GRANTED["amount"], **change}}
    assert list(faults(await nav.decide(case, decision(item)))) == [field]


async def test_a_decision_has_items(nav):
    case = await nav.received()
    assert list(faults(await nav.decide(case, decision(items=[])))) == ["items"]


async def test_an_authority_may_decide_while_it_waits_for_an_answer(world, nav):
    case, _ = await nav.asked()
    good(await nav.decide(case))
    seen = good(await world.read(case))
    assert (seen["status"], seen["documentation_requests"][0]["answered_at"]) == ("decided", None)


async def test_a_decided_application_is_not_decided_again_or_withdrawn(world, nav):
    case = await nav.decided()
    assert problem(await nav.decide(case)) == (409, "wrong-step")
    path = f"{APPLICATIONS}/{case['id']}/withdrawal"
    answer = await world.service.post(path, world.mother, headers={"If-Match": await world.etag(case)})
    assert problem(answer) == (409, "cannot-withdraw")
    assert len(await world.service.outbox(DECIDED)) == 1
