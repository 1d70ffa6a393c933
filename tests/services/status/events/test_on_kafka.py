"""From the family's click to the overview, over the real broker: outbox, relay, topic, inbox, timeline."""

from uuid import uuid4

from tests.services.applications.fake_mapping import FakeMapping
from tests.services.applications.world import ANSWERS, APPLICATIONS, key
from tests.support.callers import citizen
from tests.support.servers import served
from tests.support.until import until


async def test_a_sent_and_a_withdrawn_application_reach_the_overview(start, broker):
    mapping = FakeMapping()
    async with served(mapping.app) as url:
        applications = await start("applications", {"MAPPING_URL": url}, worker=broker)
        status = await start("status", worker=broker)
        child = mapping.child()
        mother = citizen(children=[child.id])
        child.guardian(mother.person)
        body = {"child_id": str(child.id), "form_id": "hjelpestonad"}
        draft = (await applications.post(APPLICATIONS, mother, json=body, headers=key())).json()
        path = f"{APPLICATIONS}/{draft['id']}"
        answers = [*ANSWERS, {"fact": "national_insurance_member", "state": "known", "value": True}]
        assert (
            await applications.patch(path, mother, json={"answers": answers}, headers={"If-Match": '"1"'})
        ).status_code == 200
        assert (
            await applications.post(f"{path}/submission", mother, headers={"If-Match": '"2"', **key()})
        ).status_code == 201

        async def statuses():
            overview = (await status.get(f"/status/v1/children/{child.id}/overview", mother)).json()
            return [(case["id"], case["status"]) for case in overview["items"]]

        async def is_sent():
            return await statuses() == [(draft["id"], "submitted")]

        async def is_withdrawn():
            return await statuses() == [(draft["id"], "withdrawn")]

        await until(is_sent, deadline=30.0)
        assert (await applications.post(f"{path}/withdrawal", mother, headers={"If-Match": '"3"'})).status_code == 201
        await until(is_withdrawn, deadline=30.0)
        case = (await status.get(f"/status/v1/cases/{draft['id']}", mother)).json()
        assert [step["status"] for step in case["timeline"]] == ["submitted", "withdrawn"]
        assert (await status.get(f"/status/v1/cases/{uuid4()}", mother)).status_code == 404
