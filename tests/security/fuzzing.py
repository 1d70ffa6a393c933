"""Requests that schemathesis makes of the OpenAPI for one route, sent through the door with the ids of a good request."""

import asyncio
import os
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.transport.serialization import serialize_binary

from services.applications.domain.attachment import SUFFIXES
from tests.support.asking.table import Asked

EXAMPLES, SEED = int(os.environ.get("EXAMPLES", "4")), int(os.environ.get("SEED", "1"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
# Answers that only someone gets who came past the door, the login and the search for the id.
INSIDE = frozenset({200, 201, 202, 204, 409, 412, 422})
JSON = "application/json"


@schemathesis.serializer(*SUFFIXES)
def as_it_is(context: schemathesis.SerializationContext, value: Any) -> Any:
    """The bytes of a file."""
    return serialize_binary(value)


@dataclass
class Report:
    """What was asked of each route and what came back."""

    answers: dict[str, Counter[int]] = field(default_factory=dict)

    def note(self, name: str, status: int) -> None:
        """One answer."""
        self.answers.setdefault(name, Counter())[status] += 1

    def tell(self) -> None:
        """One line for each route, on standard output."""
        for name, counted in sorted(self.answers.items()):
            told = "  ".join(f"{status}×{times}" for status, times in sorted(counted.items()))
            inside = sum(times for status, times in counted.items() if status in INSIDE)
            sys.stdout.write(f"{sum(counted.values()):6} asked {inside:6} inside  {name}:  {told}\n")
        total = sum(sum(counted.values()) for counted in self.answers.values())
        sys.stdout.write(f"{total} requests to {len(self.answers)} routes, {EXAMPLES} examples each, seed {SEED}\n")


class Described:
    """The joined OpenAPI as schemathesis reads it, and the requests that it makes of it."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._schema: Any = schemathesis.openapi.from_dict(document)

    def operation(self, route: str) -> Any:
        """schemathesis's operation of `GET /mapping/v1/children`."""
        method, path = route.split(" ")
        return self._schema[path][method]

    def made(self, route: str, mode: GenerationMode, count: int, **fixed: Any) -> list[Case[Any]]:
        """So many cases, the same for the same seed; none where the route takes nothing that could be wrong."""
        found: list[Case[Any]] = []

        @seed(SEED)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=self.operation(route).as_strategy(generation_mode=mode, **fixed))
        def collect(case: Case[Any]) -> None:
            found.append(case)

        if count:
            with suppress(Unsatisfiable):
                collect()
        return found[:count]

    def cases(self, route: str, good: Asked) -> list["Made"]:
        """A quarter made up altogether; for a real id a quarter wrong by the OpenAPI and half of them right; last one that is good throughout."""
        real: dict[str, Any] = {"path_parameters": dict(good.values)}
        right = self.made(route, GenerationMode.POSITIVE, EXAMPLES - EXAMPLES // 2, **real)
        wrong = self.made(route, GenerationMode.NEGATIVE, EXAMPLES // 4, **real)
        anything = self.made(route, GenerationMode.POSITIVE, EXAMPLES // 2 - len(wrong))
        return [
            *(Made(case, real=False) for case in anything),
            *(Made(case, real=True) for case in wrong),
            *(Made(case, real=True, blended=_blended(number)) for number, case in reversed(list(enumerate(right)))),
        ]


def _blended(number: int) -> int | None:
    return number // 2 if number % 2 == 0 else None


@dataclass(frozen=True)
class Made:
    """A case, and whether it goes with a good request's ids and headers. `blended`: with its body too, but for one field (0: but for none)."""

    case: Case[Any]
    real: bool
    blended: int | None = None

    def dressed(self, good: Asked, token: str | None) -> Case[Any]:
        """The case as it is sent beside this good request."""
        case = self.case
        login = {"Authorization": f"Bearer {token}"} if token else {}
        given = {name: uuid4().hex if name == "Idempotency-Key" else value for name, value in good.headers.items()}
        for name, value in {**(given if self.real else {}), **login}.items():
            case.headers[name] = value
        if self.real:
            case.path_parameters = dict(good.values)
        if self.blended is not None:
            _blend(case, good, self.blended)
        return case


def _blend(case: Case[Any], good: Asked, number: int) -> None:
    if number == 0:
        case.query = dict(good.params)
    if good.content is not None:
        case.body, case.media_type = good.content, good.headers.get("Content-Type", "application/pdf")
    elif isinstance(good.json, dict):
        body = dict(good.json)
        if number and isinstance(case.body, dict) and case.body:
            name = sorted(case.body)[number % len(case.body)]
            body[name] = case.body[name]
        case.body, case.media_type = body, JSON


class Prober:
    """Sends cases to the door and holds the answers against the OpenAPI."""

    def __init__(self, url: str, report: Report) -> None:
        self._url, self._report = url, report
        self._session = requests.Session()

    async def send(self, name: str, case: Case[Any]) -> tuple[int, list[str]]:
        """The status, and what is wrong with the answer."""
        response = await asyncio.to_thread(case.call, self._url, self._session, timeout=30)
        self._report.note(name, response.status_code)
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failures:
            said = " | ".join(f"{each.title}: {each.message}" for each in failures.exceptions)
            return response.status_code, [f"{said[:600]}\n  {case.as_curl_command()[:1500]}\n  {response.text[:500]}"]
        return response.status_code, []

    def close(self) -> None:
        """Lets go of the connections."""
        self._session.close()
