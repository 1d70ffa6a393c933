"""The services' own ports, called past the door: no token but the right one opens any route."""

from itertools import product
from uuid import uuid4

import pytest

from deploy.local.layout import SERVICES
from tests.contracts.stored import accepted
from tests.security.tokens import false_tokens
from tests.support.asking.table import MOTHER
from tests.support.callers import citizen
from tests.support.town import Town

METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = [
    (service, method.upper(), path)
    for service in SERVICES
    for path, methods in accepted(f"openapi/{service}.json")["paths"].items()
    for method in METHODS
    if method in methods
]
# Where a process shows who it is by an assertion of its own.
ASSERTED = {"/internal/decisions", "/internal/worker-tokens", "/internal/pseudonyms"}
PROFILE = "profile.read"


@pytest.mark.parametrize("service", SERVICES)
async def test_no_false_token_opens_a_route(town, service):
    found = []
    tokens = list(false_tokens(town, service))
    for (_, method, path), (why, login) in product([each for each in OPERATIONS if each[0] == service], tokens):
        answer = await town[service].http.request(
            method,
            _of_nobody(path),
            headers={"Authorization": login} if login is not None else {},
            json={} if method != "GET" else None,
        )
        if path in ASSERTED and why == "an assertion":
            continue  # there it is the right thing to show
        if answer.status_code != 401 or answer.headers["content-type"] != "application/problem+json":
            found.append(f"{method} {path}, {why}: {answer.status_code} {answer.text[:200]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("service", SERVICES)
async def test_two_logins_are_none(town, service):
    good = town.keys.token(service, citizen(), town.clock)
    for _, method, path in [each for each in OPERATIONS if each[0] == service]:
        login = [("Authorization", f"Bearer {good}"), ("Authorization", f"Bearer {good}")]
        assert (await town[service].http.request(method, _of_nobody(path), headers=login)).status_code == 401


async def test_the_right_token_does_open_one(town):
    assert (await town["mapping"].get("/mapping/v1/children", await town.person(MOTHER))).status_code == 200


def _of_nobody(path: str) -> str:
    return "/".join(str(uuid4()) if part.startswith("{") else part for part in path.split("/"))


# What each service may ask mapping for (with a child, or without), where to take it, and no more: every other errand is refused.
ERRANDS = {
    ("rights", "assess-rights", "profile.read", True): {"mapping"},
    ("applications", "prefill-application", "profile.read", True): {"mapping"},
    ("applications", "route-application", "profile.read", True): {"mapping"},
    ("status", "route-complaint", "party.read", True): {"applications"},
    ("gateway", "tell-partner", "party.read", True): {"applications", "status"},
    **{
        (service, "fill-gap", "outbox.resend", False): {"mapping", "rights", "applications", "status"}
        for service in ("rights", "applications", "status", "catalog", "gateway", "mapping")
    },
}
PURPOSES = (
    "assess-rights",
    "prefill-application",
    "route-application",
    "route-complaint",
    "show-cases",
    "tell-partner",
    "fill-gap",
    "anything",
)
ACTIONS = ("profile.read", "party.read", "outbox.resend", "access-log.fetch", "profile.write", "child.read")
WORKERS = ("rights", "applications", "status", "catalog", "gateway", "mapping")


async def errand(town: Town, service: str, purpose: str, action: str, child: str | None, of: str) -> int:
    """How mapping answers a service that asks for a token."""
    assertion = town.keys.signer(service, town.clock).assertion("mapping")
    body = {"audience": of, "purpose": purpose, "action": action, "child": child}
    answer = await town["mapping"].http.post(
        "/internal/worker-tokens", json=body, headers={"Authorization": f"Bearer {assertion}"}
    )
    return answer.status_code


@pytest.mark.parametrize("service", WORKERS)
async def test_a_service_gets_a_token_for_its_own_errands_and_for_no_other(town, service):
    child = str(await town.child_of(MOTHER))
    for purpose, action, with_child in product(PURPOSES, ACTIONS, (True, False)):
        rightful = ERRANDS.get((service, purpose, action, with_child), set())
        for of in WORKERS if rightful else ("mapping",):
            wanted = 201 if of in rightful else 404
            found = await errand(town, service, purpose, action, child if with_child else None, of)
            assert found == wanted, (purpose, action, of)


async def test_an_errand_is_refused_for_a_child_that_is_nobody(town):
    assert await errand(town, "rights", "assess-rights", PROFILE, str(uuid4()), "mapping") == 404


@pytest.mark.parametrize("service", [each for each in WORKERS if each != "gateway"])
async def test_only_the_gateway_is_told_a_decision(town, service):
    assertion = town.keys.signer(service, town.clock).assertion("mapping")
    body = {
        "principal": {"kind": "citizen", "national_id": MOTHER.national_id},
        "action": "child.read",
        "service": "mapping",
    }
    answer = await town["mapping"].http.post(
        "/internal/decisions", json=body, headers={"Authorization": f"Bearer {assertion}"}
    )
    assert answer.status_code == 403
    assert MOTHER.national_id not in answer.text


@pytest.mark.parametrize("service", WORKERS)
async def test_only_those_that_send_to_organisations_are_told_their_pseudonyms(town, service):
    assertion = town.keys.signer(service, town.clock).assertion("mapping")
    body = {"org": "312482754", "persons": [str(await town.child_of(MOTHER))]}
    answer = await town["mapping"].http.post(
        "/internal/pseudonyms", json=body, headers={"Authorization": f"Bearer {assertion}"}
    )
    assert answer.status_code == (200 if service in ("applications", "status", "gateway") else 403)
