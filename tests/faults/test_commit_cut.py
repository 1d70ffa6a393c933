"""The connection ends in the middle of a commit: nobody knows what happened, and asking again is harmless."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.faults.conftest import Cuttable
from tests.faults.proxy import Decide, Fate, passed
from tests.services.mapping.world import HAMAR, Family
from tests.support.until import until

UNKNOWN = (503, "urn:somlos:problem:outcome-unknown")
GRANT = {
    "organisation": HAMAR,
    "purpose": "follow-up",
    "groups": ["care"],
    "actions": ["profile.read"],
    "valid_to": "2027-01-01",
}


def next_commit(fate: Fate) -> Decide:
    """That fate for the second commit from now (the first is the decision's), and none for the others."""
    numbers = iter(range(1_000))

    async def decide(role: str) -> Fate:
        return fate if next(numbers) == 1 else Fate.PASS

    return decide


async def give(cuttable: Cuttable, family: Family, child: UUID, key: str) -> httpx.Response:
    answer: httpx.Response = await cuttable.world.call(
        family.mother,
        "POST",
        f"/mapping/v1/children/{child}/grants",
        child=child,
        json=GRANT,
        headers={"Idempotency-Key": key},
    )
    return answer


async def made(cuttable: Cuttable) -> tuple[int, int]:
    """How many grants there are, and how many events of grants."""
    grants = await cuttable.world.rows("select id from access_grant")
    return len(grants), len(await cuttable.world.mapping.outbox("no.somlos.grant.given.v1"))


def seen(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json().get("type")


@pytest.mark.parametrize(("fate", "already"), [(Fate.AFTER, (1, 1)), (Fate.BEFORE, (0, 0))])
async def test_a_grant_whose_commit_was_cut_is_given_once_when_it_is_asked_for_again(
    cuttable: Cuttable, fate: Fate, already: tuple[int, int]
) -> None:
    family = cuttable.world.family()
    child, key = await cuttable.world.child_of(family.mother), str(uuid4())

    cuttable.proxy.decide = next_commit(fate)
    first = await give(cuttable, family, child, key)
    assert seen(first) == UNKNOWN
    assert first.headers["retry-after"] == "5"
    assert await made(cuttable) == already

    again = await give(cuttable, family, child, key)
    assert again.status_code == 201
    assert await made(cuttable) == (1, 1)


async def test_a_fact_whose_commit_was_cut_is_not_told_twice_by_the_same_version(cuttable: Cuttable) -> None:
    family = cuttable.world.family()
    child = await cuttable.world.child_of(family.mother)
    rare = {"fact": "rare_diagnosis", "state": "known", "value": True}

    cuttable.proxy.decide = next_commit(Fate.AFTER)
    assert seen(await cuttable.world.tell(family.mother, child, rare, version=1)) == UNKNOWN
    again = await cuttable.world.tell(family.mother, child, rare, version=1)

    assert seen(again) == (412, "urn:somlos:problem:stale-version")
    told = await cuttable.world.rows("select id from fact where fact = 'rare_diagnosis'")
    assert len(told) == 1


async def test_a_read_whose_commit_was_cut_shows_nothing_and_claims_no_change(cuttable: Cuttable) -> None:
    family = cuttable.world.family()
    child = await cuttable.world.child_of(family.mother)
    path = f"/mapping/v1/children/{child}/profile"

    cuttable.proxy.decide = next_commit(Fate.BEFORE)
    cut = await cuttable.world.call(family.mother, "GET", path, child=child)

    assert seen(cut) == (503, "urn:somlos:problem:unavailable")
    assert "facts" not in cut.json()
    assert (await cuttable.world.call(family.mother, "GET", path, child=child)).status_code == 200


async def test_connections_that_broke_while_nobody_used_them_are_replaced_without_a_word(cuttable: Cuttable) -> None:
    family = cuttable.world.family()
    child = await cuttable.world.child_of(family.mother)

    assert cuttable.proxy.cut_all() > 0

    assert (await give(cuttable, family, child, str(uuid4()))).status_code == 201


async def test_a_second_try_while_the_first_still_commits_is_told_so_and_makes_nothing(cuttable: Cuttable) -> None:
    family = cuttable.world.family()
    child, key = await cuttable.world.child_of(family.mother), str(uuid4())
    held, go = asyncio.Event(), asyncio.Event()
    numbers = iter(range(1_000))

    async def hold(role: str) -> Fate:
        if next(numbers) == 1:
            held.set()
            await go.wait()
        return Fate.PASS

    cuttable.proxy.decide = hold
    first = asyncio.create_task(give(cuttable, family, child, key))
    await until(held.is_set)
    second = await give(cuttable, family, child, key)
    go.set()

    assert seen(second) == (409, "urn:somlos:problem:idempotency-key-busy")
    assert (await first).status_code == 201
    cuttable.proxy.decide = passed
    assert await made(cuttable) == (1, 1)
