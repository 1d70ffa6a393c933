"""The example for case systems, against the cluster and against a gateway that says what the cluster seldom says."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from deploy.local.layout import ROOT
from shared.dates import OSLO
from tests.examples.conftest import environment, family_of, run

EXAMPLE = ROOT / "examples" / "case_system.py"
VAGA = "312485494"


def lines(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def kept(store: str) -> list[str]:
    return [row[0] for row in sqlite3.connect(store).execute("select profile from shared")]


async def test_it_reads_what_a_family_opens_and_drops_it_when_the_family_closes_it(cluster, tmp_path):
    store = str(tmp_path / "cases.db")
    words, env = (EXAMPLE, "--client", "vaga", "--store", store), environment(cluster)
    async with family_of(cluster, "gullfisk", "talmodig") as family:
        await family.tell({"care_need_level": "extensive", "rare_diagnosis": True})
        before = lines((await run(*words, env=env))[1])
        grant = await family.open_to(VAGA, ["care"], f"open-{uuid4()}")
        code, said, told = await run(*words, env=env)
        assert (code, told) == (0, "")
        new = [line for line in lines(said) if line["child"] not in {each["child"] for each in before}]
        assert [(line["outcome"], line["groups"]) for line in new] == [("read", ["care"])]
        ours = new[0]["child"]
        assert ours != family.child
        assert any('"care_need_level"' in profile for profile in kept(store))
        assert not any("rare_diagnosis" in profile for profile in kept(store))
        assert {"child": ours, "outcome": "unchanged"} in lines((await run(*words, env=env))[1])
        await family.close(grant)
        assert {"child": ours, "outcome": "closed"} in lines((await run(*words, env=env))[1])
        assert ours not in "".join(kept(store))
        assert ours not in (await run(*words, env=env))[1]


async def test_the_family_sees_that_it_was_read(cluster):
    async with family_of(cluster, "gullfisk", "talmodig") as family:
        grant = await family.open_to(VAGA, ["care"], f"seen-{uuid4()}")
        await run(EXAMPLE, "--client", "vaga", env=environment(cluster))
        await family.close(grant)
        log = (await family.http.get(f"/mapping/v1/children/{family.child}/access-log")).json()["items"]
        read = [line for line in log if (line["organisation"] or {}).get("orgnr") == VAGA and not line["denied"]]
        assert read
        assert "profile" in read[0]["what"]


async def test_a_token_for_another_address_is_refused_in_words_and_with_the_reason(cluster):
    other = cluster.gateway.replace("localhost", "127.0.0.1")
    code, said, told = await run(EXAMPLE, "--client", "vaga", env=environment(cluster, SOMLOS_GATEWAY=other))
    assert (code, said) == (2, "")
    assert "401 urn:somlos:problem:unauthenticated: " in told
    assert "other_audience" in told
    assert "urn:uuid:" in told


async def test_a_scope_that_is_not_ours_is_refused_by_maskinporten(cluster):
    code, _, told = await run(EXAMPLE, "--client", "statsforvalter-innlandet", env=environment(cluster))
    assert code == 2
    assert told.startswith("refused: 400 invalid_scope")


@pytest.mark.parametrize("words", [("--client", "nobody"), ()])
async def test_a_client_that_is_not_there_is_a_sentence(cluster, words):
    code, _, told = await run(EXAMPLE, *words, env=environment(cluster))
    assert code == 1
    assert "Traceback" not in told


class Gateway:
    """A gateway of which we decide what it says."""

    def __init__(self) -> None:
        self.app, self.asked, self.tokens = FastAPI(), [], set()
        self.etag, self.away, self.lost = '"1"', False, 0
        self.children = [str(uuid4()) for _ in range(3)]
        self.closed: set[str] = set()
        self.app.get("/mapping/v1/grants")(self.grants)
        self.app.get("/mapping/v1/children/{child}/profile")(self.profile)

    async def grants(self, request: Request, cursor: int = 0) -> Response:
        self.tokens.add(request.headers["authorization"])
        if self.lost:
            self.lost -= 1
            return JSONResponse({"type": "urn:somlos:problem:unauthenticated", "detail": "…"}, 401)
        if self.away:
            return JSONResponse({}, 503, {"Retry-After": "7"})
        grant = {"child_id": self.children[cursor], "state": "active", "actions": ["profile.read"]}
        following = str(cursor + 1) if cursor + 1 < len(self.children) else None
        return JSONResponse({"items": [grant], "next": following})

    async def profile(self, child: str, request: Request) -> Response:
        self.asked.append((child, request.headers.get("if-none-match")))
        if child in self.closed:
            return JSONResponse({}, 404)
        if request.headers.get("if-none-match") == self.etag:
            return Response(None, 304, {"ETag": self.etag})
        return JSONResponse({"version": 1, "facts": [{"group": "care"}]}, headers={"ETag": self.etag})


async def test_it_reads_every_page_and_asks_with_the_etag_it_has(cluster, serve, tmp_path):
    gateway = Gateway()
    env = environment(cluster, SOMLOS_GATEWAY=await serve(gateway.app))
    words = (EXAMPLE, "--client", "vaga", "--store", str(tmp_path / "cases.db"))
    first = lines((await run(*words, env=env))[1])
    assert {line["child"]: line["outcome"] for line in first} == dict.fromkeys(gateway.children, "read")
    gateway.asked.clear()
    gateway.closed = {gateway.children[0]}
    second = lines((await run(*words, env=env))[1])
    assert {etag for _, etag in gateway.asked} == {'"1"'}
    outcomes = {line["child"]: line["outcome"] for line in second}
    assert outcomes == dict.fromkeys(gateway.children, "unchanged") | {gateway.children[0]: "closed"}
    gateway.etag = '"2"'
    assert [line["outcome"] for line in lines((await run(*words, env=env))[1])].count("read") == 2


async def test_it_logs_in_once_and_again_only_when_the_login_is_refused(cluster, serve):
    gateway = Gateway()
    env = environment(cluster, SOMLOS_GATEWAY=await serve(gateway.app))
    await run(EXAMPLE, "--client", "vaga", env=env)
    assert len(gateway.tokens) == 1
    gateway.lost = 1
    code, _, _ = await run(EXAMPLE, "--client", "vaga", env=env)
    assert (code, len(gateway.tokens)) == (0, 3)
    gateway.lost = 2
    assert (await run(EXAMPLE, "--client", "vaga", env=env))[0] == 2


async def test_a_part_that_is_away_is_a_time_to_come_back_and_loses_nothing(cluster, serve, tmp_path):
    gateway, store = Gateway(), str(tmp_path / "cases.db")
    env = environment(cluster, SOMLOS_GATEWAY=await serve(gateway.app))
    words = (EXAMPLE, "--client", "vaga", "--store", store)
    await run(*words, env=env)
    gateway.away = True
    assert await run(*words, env=env) == (75, "", "later: 503: ask again in 7 s\n")
    assert len(kept(store)) == len(gateway.children)
    gone = environment(cluster, SOMLOS_GATEWAY="http://127.0.0.1:9")
    assert (await run(*words, env=gone))[0] == 75


ANSWERS = {
    "national_insurance_member": True,
    "condition_permanent": True,
    "needs_supervision_or_care_more_than_same_age": True,
    "private_care_provided": True,
    "lives_in_institution": False,
}
APPLICATIONS = "/applications/v1/applications"


async def applied(family) -> str:
    """A hjelpestønad that the family has sent to Nav."""
    body = {"child_id": family.child, "form_id": "hjelpestonad"}
    made = await family.http.post(APPLICATIONS, json=body, headers={"Idempotency-Key": uuid4().hex})
    path = f"{APPLICATIONS}/{made.json()['id']}"
    answers = [{"fact": fact, "state": "known", "value": value} for fact, value in ANSWERS.items()]
    filled = await family.http.patch(path, json={"answers": answers}, headers={"If-Match": made.headers["etag"]})
    headers = {"If-Match": filled.headers["etag"], "Idempotency-Key": uuid4().hex}
    (await family.http.post(f"{path}/submission", headers=headers)).raise_for_status()
    return str(made.json()["id"])


async def test_it_handles_an_application_from_the_inbox_to_the_decision(cluster, tmp_path):
    words, env = (EXAMPLE, "--client", "nav"), environment(cluster)
    async with family_of(cluster, "gullfisk", "talmodig") as family:
        case = await applied(family)
        opened = {line["case"]: line for line in lines((await run(*words, "--inbox", env=env))[1])}
        assert (opened[case]["right"], opened[case]["due"]) == ("hjelpestonad", "decision")
        assert opened[case]["person"] != family.child
        seen = (await family.http.get(f"{APPLICATIONS}/{case}")).json()
        assert (seen["status"], seen["receipt"]["case_reference"]) == ("received", f"2026/{case[-6:]}")
        deadline = str(datetime.now(UTC).date() + timedelta(days=30))
        [asked] = lines((await run(*words, "--ask", case, "En uttalelse fra lege.", deadline, env=env))[1])
        [request] = (await family.http.get(f"{APPLICATIONS}/{case}")).json()["documentation_requests"]
        assert (request["id"], request["what"]) == (asked["asked"], "En uttalelse fra lege.")
        file = tmp_path / "decision.json"
        refusal = {"what": "Hjelpestønad", "outcome": "refused"}
        file.write_text(json.dumps({"decided_at": str(datetime.now(OSLO).date()), "items": [refusal]}))
        code, _, told = await run(*words, "--decide", case, str(file), env=env)
        assert code == 2
        assert "items.0.reasons: Familien må få vite hvorfor." in told
        refusal |= {"reasons": "Behovet er ikke stort nok.", "law": "ftrl § 6-4"}
        complaint = {"body": "nav_klageinstans", "send_to": "Nav"}
        body = {"decided_at": str(datetime.now(OSLO).date()), "items": [refusal], "complaint": complaint}
        file.write_text(json.dumps(body))
        assert lines((await run(*words, "--decide", case, str(file), env=env))[1]) == [
            {"case": case, "outcome": "refused"}
        ]
        decided = (await family.http.get(f"{APPLICATIONS}/{case}")).json()
        assert (decided["status"], decided["decision"]["items"][0]["law"]) == ("decided", "ftrl § 6-4")
