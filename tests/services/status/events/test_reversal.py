"""The whole way over the services: a refusal, a complaint, a reversal, and what becomes of the decision."""

import pytest

from tests.support.asking.complaints import complain_and_win
from tests.support.asking.table import APPLICATIONS, MOTHER
from tests.support.town import body_of, open_town


@pytest.fixture
async def town(tmp_path, keys, clock):
    async with open_town(tmp_path, keys, clock) as opened:
        yield opened


async def test_a_reversal_reaches_the_application_and_comes_back_to_the_timeline(town):
    case_id, complaint_id = await complain_and_win(town)
    path = f"{APPLICATIONS}/{case_id}"
    application = body_of(await town["applications"].get(path, await town.person(MOTHER, "GET", path)))
    assert (application["status"], application["decision"]["superseded_by"]) == ("decided", complaint_id)
    path = f"/status/v1/cases/{case_id}"
    case = body_of(await town["status"].get(path, await town.person(MOTHER, "GET", path)))
    assert case["decision"]["superseded_by"] == complaint_id
    told = {
        about: [step["status"] for step in case["timeline"] if step["about"] == about]
        for about in ("case", "complaint")
    }
    assert told == {
        "case": ["submitted", "received", "decided", "decided"],
        "complaint": ["filed", "received", "reassessed", "forwarded", "decided"],
    }
    decisions = [
        step["text"]["text"] for step in case["timeline"] if (step["about"], step["status"]) == ("case", "decided")
    ]
    assert decisions == ["Hamar kommune (syntetisk) har avgjort saken.", "Vedtaket er endret etter klage."]
