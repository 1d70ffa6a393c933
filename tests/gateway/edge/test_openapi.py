"""The joined description: the table's routes and no others, every reference whole, readable without a network."""

import re
from html.parser import HTMLParser

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

from gateway.edge.openapi import join
from gateway.edge.page import render
from gateway.edge.routes import ROUTES, Access
from shared.problems import openapi_components, responses

PLACES = {
    "public_url": "https://api.example",
    "idporten_discovery": "https://idporten.example/.well-known/openid-configuration",
    "maskinporten_token": "https://maskinporten.example/token",
}


class Inner(BaseModel):
    """A part."""

    text: str = Field(description="what **it** says <b>", max_length=10)


class Entry(BaseModel):
    """A whole."""

    model_config = {"json_schema_extra": {"example": {"id": "1", "parts": [{"text": "a < b"}]}}}

    id: str
    parts: list[Inner]
    parent: "Entry | None" = None


def document_of(service: str) -> dict:
    """What a FastAPI service with all routes of the table, and one internal route, says of itself."""
    router = APIRouter()

    async def answer() -> Entry:
        """Says **something** about `it`."""
        return Entry(id="1", parts=[])

    for route in ROUTES:
        if route.service == service:
            router.add_api_route(
                route.template, answer, methods=[route.method], summary=f"Do {route.method}", responses=responses(404)
            )
    router.add_api_route("/internal/secret", answer, methods=["POST"])
    app = FastAPI()
    app.include_router(router)
    document = get_openapi(title=service, version="1", routes=app.routes)
    document["components"]["schemas"].update(openapi_components())
    return document


@pytest.fixture(scope="module")
def documents():
    return {name: document_of(name) for name in ("mapping", "rights", "catalog", "applications", "status", "gateway")}


@pytest.fixture(scope="module")
def joined(documents):
    return join(documents, ROUTES, **PLACES)


def operations(joined):
    return {(method.upper(), path) for path, methods in joined["paths"].items() for method in methods}


def test_it_shows_the_tables_routes_and_no_others(joined):
    expected = {
        (route.method, route.template)
        for route in ROUTES
        if not (route.service == "gateway" and route.access is Access.PUBLIC)
    }
    assert operations(joined) == expected
    assert "x-undescribed" not in joined
    assert "internal" not in str(joined["paths"])


def references(part):
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def test_every_reference_points_at_something(joined):
    found = set(references(joined))
    assert "#/components/schemas/mapping.Entry" in found
    assert "#/components/schemas/ProblemBody" in found
    for reference in found:
        part = joined
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]


def test_names_of_two_services_do_not_meet(joined):
    schemas = joined["components"]["schemas"]
    assert {"mapping.Entry", "rights.Entry", "mapping.Inner"} <= set(schemas)
    assert list(references(schemas["rights.Entry"])) == [
        "#/components/schemas/rights.Inner",
        "#/components/schemas/rights.Entry",
    ]
    assert len(
        {operation["operationId"] for methods in joined["paths"].values() for operation in methods.values()}
    ) == len(operations(joined))


def test_each_operation_says_who_may_use_it(joined):
    paths = joined["paths"]
    profile = "/mapping/v1/children/{child_id}/profile"
    assert paths["/mapping/v1/facts"]["get"]["security"] == []
    assert paths["/mapping/v1/children"]["get"]["security"] == [{"idporten": []}]
    assert paths[profile]["patch"]["security"] == [{"idporten": []}, {"maskinporten": ["somlos:profile.write"]}]
    assert paths[profile]["get"]["x-purpose"] == "follow-up"
    assert joined["components"]["securitySchemes"]["idporten"]["openIdConnectUrl"] == PLACES["idporten_discovery"]
    assert set(joined["components"]["securitySchemes"]["maskinporten"]["flows"]["clientCredentials"]["scopes"]) == {
        route.scope for route in ROUTES if route.scope
    }


def test_a_service_that_is_away_is_named_and_its_part_is_missing(documents):
    joined = join(documents | {"rights": None}, ROUTES, **PLACES)
    assert joined["x-unavailable"] == ["rights"]
    assert "rights did not answer" in joined["info"]["description"]
    assert not any(path.startswith("/rights/") for path in joined["paths"])
    assert "did not answer just now" in render(joined)


def test_a_route_that_its_service_does_not_describe_is_named(documents):
    document = {**documents["catalog"], "paths": {}}
    joined = join(documents | {"catalog": document}, ROUTES, **PLACES)
    assert joined["x-undescribed"] == ["GET /catalog/v1/services", "GET /catalog/v1/services/{service_id}"]


def test_joining_leaves_the_services_own_documents_as_they_were(documents):
    before = str(documents)
    join(documents, ROUTES, **PLACES)
    assert str(documents) == before


class Page(HTMLParser):
    """Ids, links and tags of a page; fails on a tag closed out of turn."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.open = [], [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src"):
                self.links.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_from_elsewhere(joined):
    page = Page(render(joined))
    assert page.open == []
    assert not page.tags & {"script", "link", "img", "iframe", "object"}
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if not link.startswith("#")} == {"/openapi.json"}
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert "http://" not in re.sub(r"<code>.*?</code>", "", render(joined))


def test_the_page_escapes_what_services_say(joined):
    text = render(joined)
    assert "<b>" not in text
    assert "what <strong>it</strong> says &lt;b&gt;" in text
    assert "a &lt; b" in text
    for method, path in operations(joined):
        assert f"<code>{path}</code>" in text, method


def test_the_menu_is_short_until_a_part_is_unfolded_and_then_leads_to_every_operation(joined):
    page = render(joined)
    menu = page[page.index("<nav") : page.index("</nav>")]
    folded = re.sub(r"<details.*?</details>", "", menu)
    assert re.findall(r'href="#([^"]+)"', folded) == ["access", "schemas"]
    unfolding = dict(re.findall(r'<details name="menu"><summary>(\w+)</summary><ul>(.*?)</ul></details>', menu))
    assert set(unfolding) == {tag["name"] for tag in joined["tags"]}
    for method, path in operations(joined):
        [tag] = joined["paths"][path][method.lower()]["tags"]
        [anchor] = re.findall(rf'<li><a href="#({method.lower()}-{anchored(path)})">', unfolding[tag])
        assert f'id="{anchor}"' in page
    assert "<script" not in page


def anchored(path):
    return re.sub(r"[^a-zA-Z0-9]+", "-", path).strip("-")


async def test_it_is_served_joined_and_as_a_page(world, documents):
    for name, service in world.services.items():
        service.document = documents[name]
    answer = await world.ask("GET", "/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    overview = answer.json["paths"]["/overview"]["get"]
    assert (overview["x-access"], overview["x-action"]) == ("citizen", "child.read")
    assert "x-unavailable" not in answer.json
    page = await world.ask("GET", "/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    start = await world.ask("GET", "/")
    assert (start.status, start.headers["location"]) == (307, "/docs")
