"""The vocabulary, open to all."""

from services.mapping.store.vocabulary import entries
from tests.support.callers import public


async def test_every_fact_is_listed_with_its_question_in_three_languages(world):
    answer = await world.mapping.get("/mapping/v1/facts", public())
    assert answer.status_code == 200
    items = {fact["id"]: fact for fact in answer.json()["items"]}
    assert set(items) == set(entries())
    told = [fact for fact in items.values() if fact["from"] == "told"]
    assert all(set(fact["question"]) == {"nb", "nn", "en"} for fact in told)
    assert items["care_need_level"]["values"][0] == {"value": "none", "label": {"nb": "Ikke mer enn andre"}}
    assert (items["unpaid_care_hours_per_week"]["min"], items["unpaid_care_hours_per_week"]["max"]) == (0, 168)


async def test_an_unchanged_vocabulary_is_not_sent_again(world):
    first = await world.mapping.get("/mapping/v1/facts", public())
    again = await world.mapping.get("/mapping/v1/facts", public(), headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
