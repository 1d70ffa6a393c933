"""The forms as anyone reads them."""

import pytest

from tests.support.callers import citizen, public

FORMS = "/applications/v1/forms"


@pytest.fixture
async def service(start):
    return await start("applications")


async def test_anyone_may_read_the_forms(service):
    answer = await service.get(FORMS, public())
    assert {form["id"] for form in answer.json()["items"]} >= {"hjelpestonad", "avlastning"}
    assert (await service.get(f"{FORMS}/avlastning", citizen())).status_code == 200


async def test_a_form_without_a_national_form_says_so(service):
    form = (await service.get(f"{FORMS}/avlastning", public())).json()
    assert form["national_form"] is None
    assert form["national_form_text"] == {"text": "Det finnes ikke noe nasjonalt skjema for dette.", "lang": "nb"}
    form = (await service.get(f"{FORMS}/hjelpestonad", public(), headers={"Accept-Language": "en"})).json()
    assert (form["national_form"], form["national_form_text"]) == ("NAV 06-04.04", None)
    assert form["title"] == {"text": "Application for attendance benefit", "lang": "en"}


async def test_a_label_that_is_missing_in_the_language_is_marked(service):
    form = (await service.get(f"{FORMS}/avlastning", public(), headers={"Accept-Language": "en"})).json()
    [level] = [
        field for section in form["sections"] for field in section["fields"] if field["fact"] == "care_need_level"
    ]
    assert level["options"][0] == {
        "value": "none",
        "label": {"text": "Ikke mer enn andre", "lang": "nb", "state": "missing"},
    }
    assert level["question"]["lang"] == "en"


async def test_a_form_has_an_etag_of_its_version_and_language(service):
    norwegian = await service.get(f"{FORMS}/grunnstonad", public())
    english = await service.get(f"{FORMS}/grunnstonad", public(), headers={"Accept-Language": "en"})
    assert (norwegian.json()["version"], norwegian.headers["ETag"][:3], english.headers["ETag"][:3]) == (
        1,
        '"1.',
        '"1.',
    )
    assert norwegian.headers["ETag"] != english.headers["ETag"]


async def test_a_form_that_is_not_there_is_not_found(service):
    assert (await service.get(f"{FORMS}/gull-og-gronne-skoger", public())).status_code == 404
    assert (await service.get(f"{FORMS}/..", public())).status_code == 404
