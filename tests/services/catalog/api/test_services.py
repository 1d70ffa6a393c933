"""The catalog as anyone reads it."""

from datetime import UTC, datetime

import pytest

from services.catalog.store.catalogue import catalogue
from tests.support.callers import citizen, public

LIST = "/catalog/v1/services"


@pytest.fixture
async def catalog(start):
    return await start("catalog")


async def read(service, path, **request):
    answer = await service.get(path, public(), **request)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_list_is_walked_page_by_page_and_holds_every_service_once(catalog):
    seen, cursor = [], None
    while True:
        page = await read(catalog, LIST, params={"limit": 40, **({"cursor": cursor} if cursor else {})})
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == sorted(catalogue().services)


async def test_a_line_of_the_list_says_what_it_is_who_decides_and_how_sure_it_is(catalog):
    page = await read(catalog, LIST, params={"limit": 1, "authority": "nav", "area": "economy"})
    [line] = page["items"]
    assert line["href"] == f"{LIST}/{line['id']}"
    assert line["authority"] == {"id": "nav", "name": {"text": "Nav", "lang": "nb"}}
    assert line["area"]["id"] == "economy"
    assert line["confidence"]["says"]
    assert line["newest_source"].startswith("20")


@pytest.mark.parametrize(("name", "value"), [("area", "school"), ("level", "municipality"), ("authority", "husbanken")])
async def test_a_list_can_be_narrowed(catalog, name, value):
    items = (await read(catalog, LIST, params={name: value, "limit": 100}))["items"]
    expected = {each.id for each in catalogue().services.values() if getattr(each, name) == value}
    assert {each["id"] for each in items} == expected
    assert expected


async def test_a_list_for_an_age_leaves_out_what_the_age_closes(catalog):
    young = {each["id"] for each in (await read(catalog, LIST, params={"age": 3, "limit": 100}))["items"]}
    grown = {each["id"] for each in (await read(catalog, LIST, params={"age": 30, "limit": 100}))["items"]}
    assert "ufoeretrygd" not in young
    assert "ufoeretrygd" in grown
    assert "utvidet-barnetrygd" in young - grown


@pytest.mark.parametrize(
    "params",
    [
        {"area": "stars"},
        {"level": "galaxy"},
        {"authority": "Nav!"},
        {"age": 121},
        {"age": -1},
        {"limit": 0},
        {"limit": 101},
        {"cursor": "nonsense"},
    ],
)
async def test_a_filter_that_makes_no_sense_is_refused(catalog, params):
    answer = await catalog.get(LIST, public(), params=params)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_service_is_described_with_law_sources_confidence_and_dates(catalog):
    found = await read(catalog, f"{LIST}/hjelpestonad")
    assert found["name"]["text"] == "Hjelpestønad"
    assert found["on"] == "2026-11-24"
    assert found["compiled_on"] == "2026-11-22"
    assert found["confidence"] == {"level": "sourced", "says": "Kontrollert mot kildene som står her."}
    [act] = found["law"]
    assert act["url"] == "https://lovdata.no/dokument/NL/lov/1997-02-28-19"
    assert "§ 6-4" in act["sections"]
    assert act["newest_copy"] == "2026-07-28"
    assert [source["as_of"] for source in found["sources"]] == ["2026-07-28", "2026-08-20"]
    assert found["newest_source"] == "2026-08-20"
    assert found["application"]["form"] == "NAV 06-04.04"
    assert [who["id"] for who in found["application"]["who_may"]] == ["guardian", "youth_from_18"]
    assert found["complaint"]["body"]["name"]["text"] == "Nav klageinstans"
    assert found["unverified"] == ["when.all.1.any.1.all.1"]
    assert {(link["relation"], link["service"]["id"]) for link in found["links"]} >= {
        ("gives_access_to", "forhoyet-hjelpestonad")
    }
    assert found["disclaimer"].endswith("kommunen.")


async def test_a_rate_that_is_not_known_on_the_day_is_null_and_the_past_is_history(catalog):
    found = await read(catalog, f"{LIST}/hjelpestonad")
    [amount] = found["amounts"]
    assert amount["rate"]["value"] is None
    assert "ikke kjent den 24.11.2026" in amount["rate"]["says"]["text"]
    assert amount["rate"]["past"]["says"].endswith("Det gjelder ikke lenger.")


async def test_a_rate_that_is_known_has_its_dates_and_sources(catalog):
    found = await read(catalog, f"{LIST}/utvidet-barnetrygd")
    rate = next(each["rate"] for each in found["amounts"] if each["rate"])
    assert rate["value"] > 0
    assert rate["verified_until"] == "2026-08-21"
    assert rate["unverified"] is None
    assert rate["sources"]


async def test_the_amounts_are_those_of_the_day(catalog, clock):
    before = await read(catalog, f"{LIST}/frikort")
    clock.move_to(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))  # 2027 has begun in Oslo
    after = await read(catalog, f"{LIST}/frikort")
    assert (before["on"], after["on"]) == ("2026-11-24", "2027-01-01")
    ceilings = [next(each["rate"]["value"] for each in found["amounts"] if each["rate"]) for found in (before, after)]
    assert ceilings == [3278, None]


@pytest.mark.parametrize(
    ("service", "level"), [("tako-senteret", "uncertain"), ("ledsagerbevis", "uncertain"), ("hjelpestonad", "sourced")]
)
async def test_what_is_uncertain_is_shown_as_uncertain(catalog, service, level):
    found = await read(catalog, f"{LIST}/{service}")
    assert found["confidence"]["level"] == level
    assert found["confidence"]["says"].startswith({"uncertain": "Usikkert", "sourced": "Kontrollert"}[level])


async def test_a_part_that_is_from_memory_says_so(catalog):
    found = await read(catalog, f"{LIST}/avlastning")
    assert found["application"]["confidence"] == {"level": "memory", "says": "Fra hukommelsen: ingen kilde er funnet."}
    assert found["application"]["form_says"] == "Det finnes ikke noe nasjonalt skjema."
    assert found["unverified_says"]


async def test_a_change_of_the_law_that_was_not_read_is_shown(catalog):
    found = await read(catalog, f"{LIST}/hjelpestonad")
    changes = [change for act in found["law"] for change in act["changes"]]
    assert all(not change["read"] or change["start"] is None or change["start"] > "2026-11-24" for change in changes)


@pytest.mark.parametrize(("lang", "name"), [("nn", "Hjelpestønad"), ("en", "Attendance benefit")])
async def test_texts_come_in_the_language_asked_for_or_marked(catalog, lang, name):
    answer = await catalog.get(f"{LIST}/hjelpestonad", public(), headers={"Accept-Language": lang})
    found = answer.json()
    assert found["name"] == {"text": name, "lang": lang}
    assert found["summary"]["lang"] == "nb"
    assert found["summary"]["state"] == "missing"
    assert answer.headers["content-language"] == lang
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", [LIST, f"{LIST}/hjelpestonad"])
async def test_what_a_client_has_already_is_not_sent_again(catalog, path):
    first = await catalog.get(path, public())
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await catalog.get(path, public(), headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await catalog.get(path, public(), headers={"If-None-Match": '"other"'})).status_code == 200
    english = await catalog.get(path, public(), headers={"Accept-Language": "en", "If-None-Match": tag})
    assert english.status_code == 200


@pytest.mark.parametrize("service", sorted(catalogue().services))
async def test_every_service_can_be_read_in_every_language(catalog, service):
    for lang in ("nb", "nn", "en"):
        found = await read(catalog, f"{LIST}/{service}", headers={"Accept-Language": lang})
        assert found["id"] == service


async def test_a_service_that_is_not_there_is_404(catalog):
    answer = await catalog.get(f"{LIST}/flyvende-teppe", public())
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_everyone_may_read_and_no_token_at_all_is_not_the_gateway(catalog):
    assert (await catalog.get(LIST, citizen())).status_code == 200
    assert (await catalog.get(LIST)).status_code == 401


async def test_the_openapi_says_that_the_catalog_is_public(catalog):
    paths = catalog.app.openapi()["paths"]
    assert {paths[path]["get"]["x-access"] for path in (LIST, LIST + "/{service_id}")} == {"public"}
