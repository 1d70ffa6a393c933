"""HEAD: what GET would say, without the body."""

import pytest

from tests.gateway.issuer import MOTHER

APPLICATIONS, FACTS = "/applications/v1/applications", "/mapping/v1/facts"
OF_THE_MOMENT = {"date", "x-request-id", "content-length", "transfer-encoding"}


@pytest.fixture
def parent(world):
    world.families.add_parent(MOTHER)
    return world.issuers.citizen()


def lasting(answer):
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_MOMENT}


@pytest.mark.parametrize("path", [APPLICATIONS, f"{APPLICATIONS}/a", FACTS, "/docs", "/openapi.json", "/nothing"])
async def test_head_answers_as_get_without_a_body(world, parent, path):
    whole = await world.ask("GET", path, parent)
    head = await world.ask("HEAD", path, parent)
    assert (head.status, lasting(head), head.content) == (whole.status, lasting(whole), b"")
    assert whole.content


async def test_not_a_byte_of_the_body_is_sent(world, parent):
    request = f"HEAD {APPLICATIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {parent}\r\nConnection: close\r\n\r\n"
    answer = await world.ask_by_hand(request.encode())
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n")
    assert answer.count(b"\r\n\r\n") == 1


async def test_it_is_a_read_like_any_other_inside(world, parent):
    await world.ask("HEAD", f"{APPLICATIONS}?limit=1", parent)
    said = world.said_to("applications")
    assert (said["method"], said["path"]) == ("GET", f"{APPLICATIONS}?limit=1")


async def test_it_needs_the_same_login(world):
    assert (await world.ask("HEAD", APPLICATIONS)).status == 401
    assert not world.services["applications"].seen


async def test_where_nothing_can_be_read_it_is_405_with_the_known_methods(world, parent):
    answer = await world.ask("HEAD", f"{APPLICATIONS}/a/submission", parent)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
