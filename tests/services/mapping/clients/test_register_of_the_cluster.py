"""Every synthetic family of the local cluster is taken in as its story says."""

import pytest

from deploy.local.register.main import create
from deploy.local.register.people import PEOPLE_FILE, read_people
from tests.services.mapping.world import Person, Register, World

PEOPLE = {name: person for _, name, person in read_people(PEOPLE_FILE).everyone()}
# Whom each may touch beside itself, by name; the rest of the file is in the same ways.
STORIES = {
    "lun": {"blid", "rask"},
    "rolig": {"spent"},
    "fjern": set(),
    "trygg": {"modig"},
    "stille": {"modig"},
    "vaken": {"lys"},
    "urolig": set(),
    "taus": {"klok"},
    "bister": set(),
    "frisk": {"egen"},
    "sterk": {"leken"},
    "var": {"kjaer"},
    "nennsom": {"liten"},
    "langveisfarende": {"nysgjerrig"},
    "ukjent": set(),
    "omtenksom": {"djerv"},
    "traust": set(),
    "talmodig": {"glitrende", "virvlende"},
}


@pytest.fixture(scope="module")
def numbers():
    return {person.national_id: name for name, person in PEOPLE.items()}


async def test_each_may_touch_those_of_its_story(start, serve, numbers):
    mapping = await start("mapping", {"REGISTER_URL": await serve(create())})
    world = World(mapping, Register())
    ids: dict[str, str] = {}
    may: dict[str, set[str]] = {}
    for name, person in PEOPLE.items():
        answer = await world.asks(Person(person.born, "", number=person.national_id), "profile.read")
        assert answer.status_code == 200, (name, answer.text)
        ids[name] = answer.json()["sub"]
        may[name] = set(answer.json()["subjects"])
    names = {inner: name for name, inner in ids.items()}
    found = {name: {names[who] for who in subjects} - {name} for name, subjects in may.items() if name in STORIES}
    assert found == STORIES
