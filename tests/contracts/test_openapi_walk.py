"""Every route of every service, walked: access, problems, paging, versions, sizes, examples; each rule with a counter-example."""

import copy

import pytest

from gateway.edge.routes import ROUTES, SELF
from tests.contracts.services import documents, joined
from tests.contracts.walk import (
    ONLY_ASKS,
    RULES,
    UNPAGED,
    WITHOUT_VERSION,
    Operation,
    access,
    conditional,
    described,
    examples,
    operations,
    paging,
    problems,
    sizes,
    steps,
    versions,
)

ALL = list(operations())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("operation", ALL, ids=lambda operation: f"{operation.service}: {operation.name}")
def test_a_route_keeps_the_rule(operation, rule):
    faults = rule(operation)
    assert not faults, "\n".join(faults)


def test_every_route_of_the_table_is_described_by_its_service():
    described_ones = {(operation.service, operation.method, operation.path) for operation in ALL}
    wanted = {
        (route.service, route.method, route.template)
        for route in ROUTES
        if route.service != SELF or route.template == "/overview"
    }
    assert wanted - described_ones == set()


def test_the_joined_document_holds_exactly_the_table():
    document = joined()
    assert "x-undescribed" not in document
    assert "x-unavailable" not in document
    shown = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert shown <= {(route.method, route.template) for route in ROUTES}
    assert not [path for path in document["paths"] if path.startswith("/internal/")]


def test_an_exception_to_a_rule_is_a_route_that_exists():
    assert {*WITHOUT_VERSION, *UNPAGED, *ONLY_ASKS} <= {operation.name for operation in ALL}


def test_each_service_is_walked():
    assert {operation.service for operation in ALL} == set(documents())


ITEM = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"words": {"type": "string", "maxLength": 9}},
    "example": {"words": "x"},
}
PAGE = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": ITEM}, "next": {"type": "string"}},
    "example": {"items": [], "next": "x"},
}
PROBLEMS = {
    status: {"description": "x", "content": {"application/problem+json": {}}}
    for status in ("400", "401", "403", "404", "409", "412", "422", "428", "503")
}


def operation(method="PATCH", path="/mapping/v1/children/{child_id}/profile", **changed):
    spec = {
        "summary": "x",
        "description": "x",
        "x-access": "both",
        "parameters": [
            {"name": "child_id", "in": "path", "schema": {"type": "string", "format": "uuid"}},
            {"name": "If-Match", "in": "header", "schema": {"type": "string", "maxLength": 9}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
            {"name": "cursor", "in": "query", "schema": {"type": "string", "maxLength": 9}},
        ],
        "requestBody": {"content": {"application/json": {"schema": copy.deepcopy(ITEM)}}},
        "responses": {"200": {"content": {"application/json": {"schema": PAGE}}}, **PROBLEMS},
    }
    return Operation("mapping", method, path, {**spec, **changed}, {})


def body(schema):
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def without(*statuses):
    return {status: answer for status, answer in operation().answers.items() if status not in statuses}


def only(*names):
    return [each for each in operation().spec["parameters"] if each["name"] in names]


IF_NONE_MATCH = {"name": "if-none-match", "in": "header", "schema": {"type": "string", "maxLength": 9}}
UNCHANGED = {"description": "x", "headers": {"ETag": {"schema": {"type": "string"}}}}


def kept(more, **changed):
    """A read with an ETag, and what else it says."""
    parameters = [*only("child_id", "limit", "cursor"), IF_NONE_MATCH]
    answers = {"200": {**operation().answers["200"], **UNCHANGED}, **PROBLEMS, **more}
    return operation("GET", **{"parameters": parameters, "responses": answers, **changed})


def test_a_read_that_may_be_kept_keeps_every_rule():
    assert [fault for rule in RULES for fault in rule(kept({"304": UNCHANGED}))] == []


def test_the_good_example_keeps_every_rule():
    assert [fault for rule in RULES for fault in rule(operation())] == []


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (access, operation(**{"x-access": "citizen"})),
        (access, operation(**{"x-access": None})),
        (access, operation(path="/mapping/v1/nowhere")),
        (access, operation(path="/internal/x")),
        (described, operation(description="")),
        (problems, operation(responses=without("401"))),
        (problems, operation(responses=without("404"))),
        (problems, operation(responses=without("412"))),
        (problems, operation(responses=without("422"))),
        (problems, operation(responses={**PROBLEMS, "422": {"content": {"application/json": {}}}})),
        (paging, operation("GET", parameters=only("child_id", "cursor"))),
        (paging, operation("GET", parameters=only("child_id", "limit"))),
        (
            paging,
            operation(
                "GET", parameters=[{"name": "limit", "in": "query", "schema": {"maximum": 1000}}, *only("cursor")]
            ),
        ),
        (paging, operation("GET", responses={"200": {"content": {"application/json": {"schema": {"type": "array"}}}}})),
        (versions, operation(parameters=only("child_id"))),
        (versions, operation("POST", parameters=only("child_id"))),
        (versions, operation("DELETE", parameters=only("child_id"))),
        (problems, operation(**{"x-access": "public"})),
        (conditional, kept({"304": UNCHANGED}, parameters=only("child_id"))),
        (conditional, kept({})),
        (conditional, kept({"304": {}})),
        (conditional, kept({"304": {**UNCHANGED, "content": {}}})),
        (conditional, operation("GET", parameters=[IF_NONE_MATCH])),
        (conditional, operation("GET", responses={**PROBLEMS, "304": UNCHANGED})),
        (steps, operation("POST")),
        (steps, operation("POST", responses={**PROBLEMS, "202": {}})),
        (sizes, operation(**body({"type": "string"}))),
        (sizes, operation(**body({"type": "array", "items": {"type": "boolean"}}))),
        (sizes, operation(**body({"type": "array", "maxItems": 3, "items": {"type": "string"}}))),
        (sizes, operation(**body({"type": "object"}))),
        (
            sizes,
            operation(
                **body(
                    {
                        "type": "object",
                        "properties": {"n": {"type": "integer", "minimum": 0}},
                        "additionalProperties": False,
                    }
                )
            ),
        ),
        (sizes, operation(**body({"anyOf": [{"type": "null"}, {"type": "string"}]}))),
        (sizes, operation(parameters=[{"name": "q", "in": "query", "schema": {"type": "string"}}])),
        (examples, operation(**body({"type": "object", "properties": {}, "additionalProperties": False}))),
        (examples, operation(**body({**ITEM, "example": {"words": "far too long"}}))),
        (examples, operation(**body({**ITEM, "example": {"other": "x"}}))),
    ],
)
def test_a_route_that_breaks_a_rule_is_found(rule, bad):
    assert rule(bad)
