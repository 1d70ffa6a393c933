"""The applications service beside a fake mapping, and a family that applies."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.services.applications.fake_mapping import FakeMapping, told
from tests.services.applications.world import World
from tests.support.callers import citizen
from tests.support.servers import served


@pytest.fixture
async def mapping() -> FakeMapping:
    """A mapping that knows nobody yet."""
    return FakeMapping()


@pytest.fixture
async def world(start: Any, mapping: FakeMapping) -> AsyncIterator[World]:
    """A child of 9 in Hamar with two guardians; the mother has told that the child is a member of the national insurance."""
    async with served(mapping.app) as url:
        service = await start("applications", {"MAPPING_URL": url})
        child = mapping.child()
        mother, father = citizen(children=[child.id]), citizen(children=[child.id])
        child.facts["national_insurance_member"] = told(True, mother.person)
        child.guardian(
            mother.person, parent_employed=told(True, mother.person), heavy_care_burden=told(True, mother.person)
        )
        child.guardian(
            father.person, parent_employed=told(False, father.person), heavy_care_burden=told(False, father.person)
        )
        yield World(service, mapping, child, mother, father)
