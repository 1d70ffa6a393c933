"""The client for other systems: away is Unavailable, gone is NotFound, our own fault is Refused, and nothing waits for ever."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from shared.domain import NotFound, Refused, Unavailable
from shared.http import Client
from tests.support.keeper import free_port


async def answer(request):
    status = int(request.path_params["status"])
    if status == 302:
        return RedirectResponse("http://elsewhere.example.test/")
    return Response(status_code=status) if status == 204 else JSONResponse({"status": status}, status)


async def echo(request):
    return JSONResponse(
        {**dict(request.headers), "query": dict(request.query_params), "body": (await request.body()).decode()}
    )


async def never(request):
    await asyncio.Event().wait()


@pytest.fixture
async def system(serve):
    url = await serve(
        Starlette(
            routes=[Route("/status/{status}", answer), Route("/echo", echo, methods=["POST"]), Route("/never", never)]
        )
    )
    client = Client("mapping", url, timeout=0.5)
    yield client
    await client.close()


async def test_a_good_answer_is_its_json(system):
    assert await system.call("GET", "/status/200", name="/status/{status}") == {"status": 200}
    assert await system.call("GET", "/status/204", name="/status/{status}") is None


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (404, NotFound),
        (410, NotFound),
        (401, Unavailable),
        (403, Unavailable),
        (429, Unavailable),
        (500, Unavailable),
        (503, Unavailable),
        (400, Refused),
        (409, Refused),
        (422, Refused),
    ],
)
async def test_each_refusal_has_its_meaning(system, status, fault):
    with pytest.raises(fault):
        await system.call("GET", f"/status/{status}", name="/status/{status}")


async def test_what_does_not_answer_in_time_is_away(system):
    with pytest.raises(Unavailable) as away:
        await system.call("GET", "/never", name="/never")
    assert away.value.system == "mapping"


async def test_what_does_not_listen_is_away():
    client = Client("register", f"http://127.0.0.1:{free_port()}", timeout=0.5)
    with pytest.raises(Unavailable):
        await client.call("GET", "/", name="/")
    await client.close()


async def test_a_redirect_is_not_followed(system):
    with pytest.raises((Unavailable, Refused, ValueError)):
        await system.call("GET", "/status/302", name="/status/{status}")


async def test_the_token_goes_along_and_nothing_of_an_earlier_call(system):
    said = await system.call("POST", "/echo", name="/echo", token="a-token", json={"a": 1}, params={"limit": "2"})
    assert (said["authorization"], said["query"], said["body"]) == ("Bearer a-token", {"limit": "2"}, '{"a":1}')
    assert "authorization" not in await system.call("POST", "/echo", name="/echo")
