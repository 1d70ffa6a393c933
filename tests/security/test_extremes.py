"""A good body with one value at the edge of what its kind can be: taken or refused in words, and nothing of ours breaks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from tests.security.fuzzing import EXAMPLES
from tests.security.strangers import good_request
from tests.support.asking.table import GOOD

# The first ones are tried with the suite, all of them by `make fuzz`.
DAYS = ["9999-12-31", "0001-01-01", "2026-02-30", "1582-10-10"]
TEXTS = ["", "a" * 20_000, "\U0010ffff", " ", "\u202e", "%00", "'; drop table application; --"]
NUMBERS = [2**63, 1e308, -1, 0, 2**31, 10**30, -1e308, 5e-324]
OTHERS = [None, [], {}, True, "1"]
FEW = 1 if EXAMPLES < 20 else 8
MOST_BODIES = 25 if EXAMPLES < 20 else 100_000  # of a whole rule every so many, evenly
WITH_A_BODY = sorted((route, kind) for route, kind in GOOD if route.startswith(("POST", "PATCH")))


def bent(value: Any) -> Iterator[Any]:
    """The value with one leaf of it, or the whole, replaced."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from ({**value, name: other} for other in bent(inner))
        case list():
            for at, inner in enumerate(value):
                yield from ([*value[:at], other, *value[at + 1 :]] for other in bent(inner))
            yield value * 200
    yield from _instead_of(value)


def _instead_of(value: Any) -> list[Any]:
    match value:
        case str() if value[:4].isdigit() and value[4:5] == "-":
            return [*DAYS[:FEW], *OTHERS[:FEW]]
        case str():
            return [*TEXTS[:FEW], *NUMBERS[:1]]
        case bool() | None:
            return [*OTHERS[:FEW], *NUMBERS[:1]]
        case int() | float():
            return [*NUMBERS[:FEW], *OTHERS[:FEW]]
        case _:
            return OTHERS[: max(1, FEW // 2)]


def spread(body: Any) -> list[Any]:
    """The bent bodies, and of very many an even choice."""
    bodies = list(bent(body)) if body is not None else []
    return bodies[:: -(-len(bodies) // MOST_BODIES) or 1]


@pytest.mark.parametrize(("route", "kind"), WITH_A_BODY)
async def test_a_value_at_the_edge_of_its_kind_breaks_nothing(outside, route, kind):
    good, token = await good_request(outside, route, kind)
    wrong = []
    for body in spread(good.json):
        headers = {**good.headers, **({"Idempotency-Key": uuid4().hex} if "Idempotency-Key" in good.headers else {})}
        answer = await outside.ask(replace(good, json=body, headers=headers), token)
        if answer.status >= 500:
            wrong.append(f"{answer.status} for {str(body)[:400]}")
        if answer.http.is_success:  # it is no longer as it was
            good, token = await good_request(outside, route, kind)
    assert not wrong, "\n".join(wrong)
    assert (await outside.ask(good, token)).http.is_success
