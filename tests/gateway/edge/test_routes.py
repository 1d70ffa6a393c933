import pytest

from gateway.edge.errors import MethodNotAllowed
from gateway.edge.routes import PURPOSES, ROUTES, SELF, UPLOAD_LIMIT, Access, Route, RouteTable
from shared.domain import NotFound

TABLE = RouteTable()


def find(method: str, path: str) -> tuple[str, dict[str, str]]:
    route, values = TABLE.find(method, path[1:].split("/"))
    return route.template, values


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.template}")
def test_every_route_is_found_by_its_own_address(route):
    values = {name: f"value-{n}" for n, name in enumerate(names_in(route.template))}
    found, got = TABLE.find(route.method, route.path(values)[1:].split("/"))
    assert (found, got) == (route, values)


def names_in(template: str) -> list[str]:
    return [part[1:-1] for part in template.split("/") if part.startswith("{")]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.template}")
def test_every_route_is_whole(route):
    assert route.service == SELF or route.template.startswith(f"/{route.service}/v1/")
    assert (route.action is None) == (route.access is Access.PUBLIC)
    assert (route.scope is not None) == (route.access in (Access.MACHINE, Access.BOTH))
    assert (route.child == "child_id") == ("{child_id}" in route.template)
    assert "internal" not in route.template
    if route.scope:
        assert route.scope.startswith("somlos:")
        assert route.purpose == PURPOSES[route.scope]
    if route.method in ("GET", "DELETE"):
        assert route.body_limit == 0


def test_only_attachments_may_be_large():
    large = {route.template for route in ROUTES if route.body_limit > 64 * 1024}
    assert large == {"/applications/v1/applications/{application_id}/attachments"}
    assert UPLOAD_LIMIT == 12 * 1024 * 1024


@pytest.mark.parametrize(
    "path",
    [
        "/mapping/v1/facts/",
        "/mapping/v1/facts/more",
        "/mapping/v1",
        "/mapping/v2/facts",
        "/internal/decisions",
        "/mapping/internal/decisions",
        "/mapping/v1/children/",
        "/mapping/v1/children//profile",
        "/mapping/v1/children/-a/profile",
        "/mapping/v1/children/a,b/profile",
        "/mapping/v1/children/" + "a" * 129,
        "/nothing",
    ],
)
def test_what_is_not_in_the_table_does_not_exist(path):
    with pytest.raises(NotFound):
        find("GET", path)


def test_an_unknown_method_names_the_known_ones():
    with pytest.raises(MethodNotAllowed) as refused:
        find("PUT", "/mapping/v1/children/abc/profile")
    assert refused.value.allowed == ("GET", "HEAD", "PATCH")


def test_a_word_goes_before_a_value():
    table = RouteTable([Route("GET", "/a/{id}", "a", Access.PUBLIC), Route("GET", "/a/list", "a", Access.PUBLIC)])
    assert table.find("GET", ["a", "list"])[0].template == "/a/list"
    assert table.find("GET", ["a", "other"])[0].template == "/a/{id}"


def test_a_route_stands_once_in_the_table():
    with pytest.raises(ValueError, match="twice"):
        RouteTable([Route("GET", "/a/{id}", "a", Access.PUBLIC), Route("GET", "/a/{other}", "a", Access.PUBLIC)])
