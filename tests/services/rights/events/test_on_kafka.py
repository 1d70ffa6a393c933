"""From what a mother tells to what she may have a right to, over the real broker: mapping, topic, by-reference read, answer."""

from tests.services.mapping.world import Register, World
from tests.support.servers import served
from tests.support.until import until


async def test_what_is_told_at_mapping_is_answered_at_rights(start, serve, broker):
    register = Register()
    mapping = await start("mapping", {"REGISTER_URL": await serve(register.app())}, worker=broker)
    world = World(mapping, register)
    family = world.family()
    child = await world.child_of(family.mother)
    async with served(mapping.app, lifespan="off") as url:
        rights = await start("rights", {"MAPPING_URL": url}, worker=broker)

        async def reads(person):
            caller = await world.enter(person, "rights.read")
            return (await rights.get(f"/rights/v1/children/{child}/rights/hjelpestonad", caller)).json()

        told = [
            {"fact": name, "state": "known", "value": value}
            for name, value in {
                "national_insurance_member": True,
                "condition_permanent": True,
                "blind_or_cannot_orient_by_sight": True,
                "lives_in_institution": False,
            }.items()
        ]
        answer = await world.tell(family.mother, child, *told)
        assert answer.status_code == 200, answer.text
        version = answer.json()["version"]

        async def follows():
            found = await reads(family.mother)
            return found if found["based_on"]["profile_version"] >= version else None

        found = await until(follows, deadline=30.0)
        assert found["right"]["verdict"] == "likely"
        assert (await reads(family.father))["right"]["verdict"] == "likely"
        applicants = {row["applicant_id"] for row in await rights.rows("select applicant_id from assessment")}
        assert len(applicants) == 3
        assert None in applicants
