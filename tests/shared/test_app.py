"""What every service answers the same: who is let in, refusals, faults, sizes, languages."""

from uuid import uuid4

import pytest

from shared.settings import ProcessSettings
from tests.shared import toy_app
from tests.support.callers import citizen, machine, public, worker
from tests.support.running import NOWHERE, Service, alive, client_of

NOTE = {"words": "Hun liker å tegne.", "count": 3}


@pytest.fixture
async def app(keys, clock):
    settings = ProcessSettings(
        environment="test", keys_dir=keys.public, signing_key_file=keys.private("rights"), mapping_url=NOWHERE
    )
    made = toy_app.create(settings, clock=clock)
    async with alive(made), client_of(made) as http:
        yield Service("toy", made, http, clone=None, keys=keys, clock=clock)


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["instance"].startswith("urn:uuid:")
    return body["type"].removeprefix("urn:somlos:problem:")


ACCESS = {
    "citizens": {"citizen"},
    "machines": {"machine"},
    "both": {"citizen", "machine"},
    "workers": {"worker"},
    "refusals/not-found": {"citizen", "machine", "worker", "public"},
}


@pytest.mark.parametrize("path", ACCESS)
@pytest.mark.parametrize("kind", ["citizen", "machine", "worker", "public"])
async def test_a_route_lets_in_the_kinds_it_names(app, path, kind):
    caller = {"citizen": citizen(), "machine": machine("312480018"), "worker": worker("rights"), "public": public()}[
        kind
    ]
    answer = await app.get(f"/toy/v1/{path}", caller)
    assert (answer.status_code != 403) == (kind in ACCESS[path])
    if kind not in ACCESS[path]:
        assert problem(answer) == "forbidden"


async def test_without_a_token_nobody_is_let_in(app):
    answer = await app.get("/toy/v1/citizens")
    assert (answer.status_code, problem(answer), answer.headers["www-authenticate"]) == (
        401,
        "unauthenticated",
        "Bearer",
    )


async def test_an_assertion_is_no_token_and_a_token_no_assertion(app, keys, clock):
    assertion = {"Authorization": f"Bearer {keys.signer('rights', clock).assertion('toy')}"}
    assert (await app.get("/toy/v1/workers", headers=assertion)).status_code == 401
    assert (await app.get("/toy/v1/processes", headers=assertion)).json() == "rights"
    assert (await app.get("/toy/v1/processes", worker("rights"))).status_code == 401


@pytest.mark.parametrize(
    ("kind", "status", "slug"),
    [
        ("not-found", 404, "not-found"),
        ("stale", 412, "stale-version"),
        ("too-many", 409, "too-many"),
        ("away", 503, "unavailable"),
        ("invalid", 422, "invalid-input"),
    ],
)
async def test_a_refusal_leaves_as_a_problem(app, kind, status, slug):
    answer = await app.get(f"/toy/v1/refusals/{kind}", public())
    assert (answer.status_code, problem(answer)) == (status, slug)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("language", "said"),
    [("nb", "Høyst 7."), ("nn", "Høgst 7."), ("en-GB,en;q=0.8", "At most 7."), ("de", "Høyst 7."), (None, "Høyst 7.")],
)
async def test_a_problem_speaks_the_callers_language(app, language, said):
    answer = await app.get(
        "/toy/v1/refusals/too-many", public(), headers={"Accept-Language": language} if language else {}
    )
    assert answer.json()["detail"] == said


async def test_what_is_away_says_when_to_come_again(app):
    assert (await app.get("/toy/v1/refusals/away", public())).headers["retry-after"] == "9"


async def test_an_unknown_path_and_method_are_problems_too(app):
    missing, wrong = await app.get("/toy/v1/nowhere"), await app.delete("/toy/v1/list")
    assert (missing.status_code, problem(missing)) == (404, "not-found")
    assert (wrong.status_code, problem(wrong), "GET" in wrong.headers["allow"]) == (405, "method-not-allowed", True)


async def test_an_impossible_id_in_the_path_is_not_found(app):
    assert (await app.get("/toy/v1/children/not-an-id", citizen())).status_code == 404


async def test_someone_elses_child_and_a_child_of_nobody_are_the_same_answer(app):
    other = await app.get(f"/toy/v1/children/{uuid4()}", citizen(children=[uuid4()]))
    nobody = await app.get(f"/toy/v1/children/{uuid4()}", citizen())
    assert other.status_code == nobody.status_code == 404
    assert {k: v for k, v in other.json().items() if k != "instance"} == {
        k: v for k, v in nobody.json().items() if k != "instance"
    }


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({**NOTE, "count": 11}, "count", "less-than-equal"),
        ({**NOTE, "more": 1}, "more", "extra-forbidden"),
        ({"count": 1}, "words", "missing"),
        ({**NOTE, "words": "x" * 4001}, "words", "string-too-long"),
        ({**NOTE, "words": "nul\x00"}, "words", "value-error"),
    ],
)
async def test_a_fault_of_the_body_names_the_field_and_never_echoes_it(app, body, field, code):
    answer = await app.patch(f"/toy/v1/notes/{uuid4()}", json=body, headers={"If-Match": '"1"'})
    if len(str(body)) < 2000:
        assert (answer.status_code, problem(answer)) == (422, "invalid-input")
        assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [(field, code)]
        assert "Hun liker" not in answer.text


async def test_a_change_needs_the_version_it_changes(app):
    missing = await app.patch(f"/toy/v1/notes/{uuid4()}", json=NOTE)
    assert (missing.status_code, problem(missing)) == (428, "missing-precondition")
    for malformed in ("3", 'W/"3"', "*", '"x"', '"0"', '"3", "4"'):
        answer = await app.patch(f"/toy/v1/notes/{uuid4()}", json=NOTE, headers={"If-Match": malformed})
        assert (answer.status_code, problem(answer)) == (400, "malformed-request"), malformed
    changed = await app.patch(f"/toy/v1/notes/{uuid4()}", json=NOTE, headers={"If-Match": '"3"'})
    assert (changed.json(), changed.headers["etag"]) == (3, '"4"')


@pytest.mark.parametrize("key", [None, "short", "with space in", "x" * 101, "nøkkel-med-ø"])
async def test_a_creation_needs_a_key(app, key):
    headers = {"Idempotency-Key": key.encode()} if key else {}
    answer = await app.post("/toy/v1/notes", json=NOTE, headers=headers)
    assert (answer.status_code, problem(answer)) == (400, "malformed-request")


async def test_a_keys_fingerprint_is_of_the_whole_request(app):
    head = {"Idempotency-Key": "my-own-key-1"}
    first, again = [await app.post("/toy/v1/notes", json=NOTE, headers=head) for _ in range(2)]
    other = await app.post("/toy/v1/notes", json={**NOTE, "count": 4}, headers=head)
    assert first.json() == again.json() != other.json()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "e30",
        "W10",
        "WyJhIiwgbnVsbF0",
        "W1siYSJdLCAxXQ",
        "WyJhIiwxLDJd",
        "WyJhIiwgdHJ1ZV0",
        "8J-YgA",
        "e" * 501,
    ],
)
async def test_a_cursor_that_is_not_ours_is_malformed(app, cursor):
    answer = await app.get("/toy/v1/list", params={"cursor": cursor})
    assert (answer.status_code, problem(answer)) == (400, "malformed-request")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e1", ""])
async def test_a_limit_out_of_bounds_is_malformed(app, limit):
    assert (await app.get("/toy/v1/list", params={"limit": limit})).status_code == 400


async def test_a_body_over_the_limit_is_too_large_declared_or_not(app):
    async def endless():
        for _ in range(10):
            yield b"x" * 500

    for content in (b"x" * 2001, endless()):
        answer = await app.post(
            "/toy/v1/notes",
            content=content,
            headers={"Idempotency-Key": "my-own-key-1", "Content-Type": "application/json"},
        )
        assert (answer.status_code, problem(answer)) == (413, "too-large")


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff\xfe", b'{"words": "\\ud800", "count": 1}', b"NaN", b"[" * 1000]
)
async def test_a_body_that_cannot_be_read_is_answered(app, content):
    answer = await app.post(
        "/toy/v1/notes",
        content=content,
        headers={"Idempotency-Key": "my-own-key-1", "Content-Type": "application/json"},
    )
    assert answer.status_code in {400, 422}
    assert problem(answer) in {"malformed-request", "invalid-input"}


async def test_a_fault_of_ours_is_a_problem_without_its_text_and_stays_inside(app):
    answer = await app.get("/toy/v1/crash/14838836047?words=secret")
    assert (answer.status_code, problem(answer)) == (500, "internal")
    assert "secret" not in answer.text
    assert "14838836047" not in answer.text


async def test_the_request_id_stands_in_the_problem_and_in_the_answer(app):
    given = "0197c0de-0000-7000-8000-0000000000aa"
    answer = await app.get("/toy/v1/nowhere", headers={"X-Request-Id": given})
    assert answer.headers["x-request-id"] == given
    assert answer.json()["instance"] == f"urn:uuid:{given}"
    assert (await app.get("/toy/v1/nowhere", headers={"X-Request-Id": "14838836047"})).headers[
        "x-request-id"
    ] != "14838836047"


async def test_health_needs_no_token(app):
    assert (await app.get("/health/live")).status_code == 200
    assert (await app.get("/health/ready")).json()["status"] == "ready"


async def test_the_openapi_says_who_may_call(app):
    paths = app.app.openapi()["paths"]
    marked = {
        path.removeprefix("/toy/v1/"): operation["get"].get("x-access")
        for path, operation in paths.items()
        if "get" in operation
    }
    assert (
        marked
        | {
            "citizens": "citizen",
            "machines": "machine",
            "both": "both",
            "workers": "internal",
            "refusals/{kind}": "public",
        }
        == marked
    )
