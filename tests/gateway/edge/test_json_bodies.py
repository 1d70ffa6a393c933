"""A body is JSON, and says so."""

import pytest

from tests.gateway.issuer import MOTHER

APPLICATIONS, GRANTS = "/applications/v1/applications", "/mapping/v1/grants"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
async def test_a_body_that_is_not_json_is_refused_before_anyone_hears_of_it(world, kind):
    world.families.add_parent(MOTHER)
    sent = {"Content-Type": kind, "Accept-Language": "en"}
    answer = await world.ask("POST", APPLICATIONS, world.issuers.citizen(), data=b"{}", headers=sent)
    assert (answer.status, answer.problem, answer.headers["accept"]) == (
        415,
        "unsupported-media-type",
        "application/json",
    )
    assert (answer.json["title"], world.services["applications"].seen) == ("The content must be JSON", [])


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"]
)
async def test_json_of_every_kind_goes_in(world, kind):
    world.families.add_parent(MOTHER)
    answer = await world.ask("POST", APPLICATIONS, world.issuers.citizen(), data=b"{}", headers={"Content-Type": kind})
    assert answer.status == 200


async def test_no_body_needs_no_content_type(world):
    world.families.add_parent(MOTHER)
    assert (await world.ask("POST", f"{GRANTS}/g/withdrawal", world.issuers.citizen())).status == 200
