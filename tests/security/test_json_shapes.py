"""JSON that two readers would read differently, and texts that show another thing than they say: refused with the place, and nothing is changed."""

import json
from dataclasses import replace

import pytest

from tests.security.strangers import good_request

APPLICATION = "PATCH /applications/v1/applications/{application_id}"
COMPLAINT = "POST /status/v1/cases/{case_id}/complaints"
DEEP = 10_000


def answer(value):
    return b'{"answers": [{"fact": "condition_permanent", "state": "known", "value": ' + value + b"}]}"


SHAPES = {
    "a name twice": (b'{"free_text": "a", "free_text": "b"}', "free_text", "name-twice"),
    "a name twice within": (answer(b'{"a": 1, "b": 2, "a": 1}'), "answers.0.value.a", "name-twice"),
    "a name twice, once in other letters": (b'{"free_text": "a", "free\\u005ftext": "b"}', "free_text", "name-twice"),
    "NaN": (answer(b"NaN"), "answers.0.value", "not-a-number"),
    "Infinity": (answer(b"Infinity"), "answers.0.value", "not-a-number"),
    "-Infinity": (answer(b"-Infinity"), "answers.0.value", "not-a-number"),
    "1e400": (answer(b"1e400"), "answers.0.value", "not-a-number"),
    "-1e400": (answer(b"-1e400"), "answers.0.value", "not-a-number"),
    "half a character": (b'{"free_text": "\\ud83d"}', "free_text", "lone-surrogate"),
    "halves in the wrong order": (b'{"free_text": "\\ude00\\ud83d"}', "free_text", "lone-surrogate"),
    "half a character in a name": (b'{"\\udc00": 1}', "body", "lone-surrogate"),
    "a zero": (b'{"free_text": "a\\u0000b"}', "free_text", "zero-character"),
    "a zero in a name": (b'{"a\\u0000": 1}', "body", "zero-character"),
    "10,000 lists": (answer(b"[" * DEEP + b"]" * DEEP), "body", "too-deep"),
    "10,000 objects": (answer(b'{"a":' * DEEP + b"1" + b"}" * DEEP), "body", "too-deep"),
    "40 lists": (answer(b"[" * 40 + b"]" * 40), "answers.0.value" + ".0" * 29, "too-deep"),
    "10,000 lists without an end": (b"[" * DEEP, "body", "too-deep"),
    "a number of 5,000 digits": (answer(b"1" * 5000), "body", "json-invalid"),
    "two values": (b'{"free_text": "a"} {"free_text": "b"}', "body", "json-invalid"),
    "a comma too many": (b'{"free_text": "a",}', "body", "json-invalid"),
    "a comment": (b'{"free_text": "a" /* b */}', "body", "json-invalid"),
    "a raw line break in a text": (b'{"free_text": "a\nb"}', "body", "json-invalid"),
    "a raw zero in a text": (b'{"free_text": "a\x00b"}', "body", "json-invalid"),
    "a byte order mark": ('\ufeff{"free_text": "a"}'.encode(), "body", "json-invalid"),
    "UTF-16": ('{"free_text": "a"}'.encode("utf-16"), "body", "json-invalid"),
    "half a character as bytes": (b'{"free_text": "\xed\xa0\x80"}', "body", "json-invalid"),
    "overlong UTF-8": (b'{"free_text": "\xc0\xaf"}', "body", "json-invalid"),
}


@pytest.fixture(scope="module")
async def change(outside):
    """A change of an application that would be taken, and the application as it is."""
    good, token = await good_request(outside, APPLICATION, "citizen")
    headers = {**good.headers, "Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return replace(good, headers=headers), await read(outside, good, headers)


async def read(outside, good, headers):
    return (await outside.http.get(good.path, headers={"Authorization": headers["Authorization"]})).json()


async def sent(outside, change, content):
    """The answer to this change; whatever it is, the application is as it was."""
    good, before = change
    answer = await outside.http.patch(good.path, content=content, headers=good.headers)
    assert await read(outside, good, good.headers) == before
    return answer


@pytest.mark.parametrize("shape", SHAPES)
async def test_json_that_is_read_in_two_ways_is_refused_with_its_place(outside, change, shape):
    content, field, code = SHAPES[shape]
    refused = await sent(outside, change, content)
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert [(each["field"], each["code"]) for each in refused.json()["errors"]] == [(field, code)]


TEXTS = {
    "only marks of direction": "\u200f\u200f\u200e",
    "an override": "Vi vil \u202eikke klage\u202c.",
    "an embedding": "a\u202bb",
    "an isolate": "a\u2067b\u2069",
    "only spaces of no width": "\u200b\u200d\ufeff",
    "only a letter that shows nothing": "\u3164",
    "a bell": "a\x07b",
    "an escape": "a\x1b[2Jb",
    "a code point that is none": "a\uffffb",
}


@pytest.mark.parametrize("text", TEXTS)
async def test_a_text_that_does_not_show_what_it_says_is_refused_by_name(outside, change, text):
    refused = await sent(outside, change, json.dumps({"free_text": TEXTS[text]}))
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == ["free_text"]


async def test_an_unseen_text_is_no_complaint(outside):
    good, token = await good_request(outside, COMPLAINT, "citizen")
    headers = {**good.headers, "Authorization": f"Bearer {token}"}
    refused = await outside.http.post(good.path, json={**good.json, "about": "\u200f \u200f"}, headers=headers)
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == ["about"]


async def test_names_that_are_written_from_right_to_left_are_taken_as_they_are(outside):
    good, token = await good_request(outside, APPLICATION, "citizen")
    text = "Broren heter \u200fعلي\u200f, søsteren \U0001f338 נועה.\nVi er slitne."
    headers = {**good.headers, "Authorization": f"Bearer {token}"}
    taken = await outside.http.patch(good.path, json={"free_text": text}, headers=headers)
    assert taken.status_code == 200
    assert taken.json()["free_text"]["text"] == text
