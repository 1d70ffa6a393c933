"""Machines that live an application and a complaint through the real API in any order. What is legal where is written here by hand, from the docs."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.contracts.stored import accepted
from tests.support.asking.applications import ANSWERS, PDF, start_application
from tests.support.asking.table import APPLICATIONS, NAV, Asked, asked, key
from tests.support.town import Town, etag_of

Got = TypeVar("Got")
ONE, INBOX = f"{APPLICATIONS}/{{application_id}}", "/applications/v1/inbox/{application_id}"
ENDED = {"decided", "withdrawn"}
# folketrygdloven § 21-12 femte ledd: six weeks from the notice.
NAV_WEEKS = 6
# Each move: where it may be made, where it leads (None: stays), who makes it.
MOVES: Mapping[str, tuple[frozenset[str], str | None, str]] = {
    "change": (frozenset({"draft"}), None, "family"),
    "attach": (frozenset({"draft", "documentation-requested"}), None, "family"),
    "submit": (frozenset({"draft"}), "submitted", "family"),
    "withdraw": (frozenset({"draft", "submitted", "received", "documentation-requested"}), "withdrawn", "family"),
    "receive": (frozenset({"submitted"}), "received", "authority"),
    "ask": (frozenset({"received"}), "documentation-requested", "authority"),
    "answer": (frozenset({"documentation-requested"}), "received", "family"),
    "decide": (frozenset({"received", "documentation-requested"}), "decided", "authority"),
}


async def _awaited(work: Awaitable[Got]) -> Got:
    return await work


class Driver:
    """Runs requests on the test's own event loop, from hypothesis' thread."""

    def __init__(self, town: Town, loop: asyncio.AbstractEventLoop) -> None:
        self.town, self._loop = town, loop
        self.lived: set[tuple[str, str, bool]] = set()

    def run(self, work: Awaitable[Got]) -> Got:
        """What it returns."""
        return asyncio.run_coroutine_threadsafe(_awaited(work), self._loop).result(timeout=60)

    def send(self, request: Asked) -> httpx.Response:
        """The answer, which is a documented one and no fault of ours."""
        answer = self.run(request.send(self.town))
        documented = accepted(f"openapi/{request.service}.json")["paths"][request.template][request.method.lower()][
            "responses"
        ]
        assert str(answer.status_code) in documented, (
            f"{request.method} {request.template}: {answer.status_code} {answer.text[:300]}"
        )
        return answer

    def rows(self, service: str, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Past every wall."""
        return self.run(self.town[service].rows(sql, **values))


class ApplicationLife(RuleBasedStateMachine):
    """One application: a mother and Nav, in any order."""

    def __init__(self, driver: Driver) -> None:
        super().__init__()
        self.driver, self.town = driver, driver.town
        self.status, self.revision, self.steps = "draft", 1, 0
        self.values: dict[str, str] = {}
        self.request, self.asked_for = "0197c0de-0000-7000-8000-00000000dead", False

    @initialize(far=st.integers(0, 5))
    def start(self, far: int) -> None:
        """A new draft, and some steps on from there."""
        answer = self.driver.send(self.driver.run(start_application(self.town)))
        self.values = {"application_id": answer.json()["id"]}
        self.revision = answer.json()["version"]
        for _ in range(far):
            self.go_on()
        self.try_all_that_is_not_due()

    @rule()
    def try_all_that_is_not_due(self) -> None:
        """Every move that may not be made here is refused, and changes nothing."""
        moves: Mapping[str, Callable[[], Any]] = {
            "change": lambda: self.change("Vi er oppe hver natt."),
            "attach": self.attach,
            "submit": lambda: self.submit(twice=False),
            "withdraw": self.withdraw,
            "receive": self.receive,
            "ask": self.ask,
            "answer": self.answer,
            "decide": lambda: self.decide(days=90, outcome="refused"),
        }
        for move, make in moves.items():
            if self.status not in MOVES[move][0]:
                make()
        if self.status in MOVES["decide"][0]:
            self.decide(days=NAV_WEEKS * 7 - 1, outcome="refused")  # a day less than the law gives

    @rule()
    def go_on(self) -> None:
        """The next step of a case that goes as it should."""
        match self.status:
            case "draft":
                self.attach()
                self.submit(twice=True)
            case "submitted":
                self.receive()
            case "received" if self.asked_for:
                self.decide(days=90, outcome="partly")
            case "received":
                self.ask()
            case "documentation-requested":
                self.answer()

    @rule(text=st.sampled_from(["Vi er oppe hver natt.", "", "æøå"]))
    def change(self, text: str) -> None:
        """She fills in."""
        answers = ANSWERS if text else []
        self._family("change", f"PATCH {ONE}", json={"answers": answers, "free_text": text})

    @rule()
    def change_from_an_old_version(self) -> None:
        """As somebody does who has had the page open since before."""
        headers = {"If-Match": f'"{self.revision + 1}"'}
        answer = self.driver.send(self._by_her(f"PATCH {ONE}", headers, json={"free_text": "for sent"}))
        assert not answer.is_success

    @rule()
    def attach(self) -> None:
        """A file."""
        self._family("attach", f"POST {ONE}/attachments", content=PDF, headers={"Content-Type": "application/pdf"})

    @rule(twice=st.booleans())
    def submit(self, twice: bool) -> None:
        """She sends it in; the second time with the same key changes nothing."""
        self._complete()
        sent = self._family("submit", f"POST {ONE}/submission")
        if twice and sent.is_success:
            again = self.driver.send(self.last)
            assert again.is_success
            assert again.json()["version"] == self.revision

    @rule()
    def withdraw(self) -> None:
        """She takes it back."""
        self._family("withdraw", f"POST {ONE}/withdrawal")

    @rule()
    def receive(self) -> None:
        """Nav has it."""
        self._authority("receive", "receipt", {"case_reference": "2026/1"})

    @rule()
    def ask(self) -> None:
        """Nav wants to see more."""
        answer = self._authority("ask", "documentation-requests", {"what": "En uttalelse.", "deadline": self._day(30)})
        if answer.is_success:
            read = self.driver.send(self._by_her(f"GET {ONE}", {}))
            self.request, self.asked_for = read.json()["documentation_requests"][-1]["id"], True

    @rule()
    def answer(self) -> None:
        """She answers."""
        route = f"POST {ONE}/documentation-requests/{{request_id}}/answer"
        self._family("answer", route, json={"text": "Her er den.", "attachment_ids": []})

    @rule(
        days=st.sampled_from([0, 1, 14, 27, 41, 42, 43, 50, 90]),
        outcome=st.sampled_from(["granted", "partly", "refused"]),
    )
    def decide(self, days: int, outcome: str) -> None:
        """Nav decides, with a last day of its own to complain."""
        answer = self._authority(
            "decide", "decision", decision(self._day(0), outcome, self._day(days)), certain=days >= 43
        )
        if answer.is_success and outcome != "granted":
            assert date.fromisoformat(self._day(days)) >= date.fromisoformat(self._day(0)) + timedelta(weeks=NAV_WEEKS)

    @invariant()
    def it_is_where_the_moves_led_and_its_version_is_one_for_each(self) -> None:
        """What the mother reads."""
        if not self.values:
            return
        read = self.driver.send(self._by_her(f"GET {ONE}", {}))
        assert (read.json()["status"], read.json()["version"]) == (self.status, self.revision)

    def teardown(self) -> None:
        """Every change that others may know of was told once, in order."""
        if not self.values:
            return
        sql = "select version, type from outbox where aggregate_id = :id and type <> 'no.somlos.access.logged.v1' order by position"
        told = self.driver.rows("applications", sql, id=self.values["application_id"])
        assert [row["version"] for row in told] == list(range(1, self.steps + 1)), told
        self.driver.run(self.town.spread())
        if self.steps:
            shown = self.driver.rows(
                "status", "select status, version from case_file where id = :id", id=self.values["application_id"]
            )
            assert [(row["status"], row["version"]) for row in shown] == [(self.status, self.steps)]

    def _complete(self) -> None:
        if self.status == "draft":
            self.change("Vi er oppe hver natt.")

    def _family(
        self, move: str, route: str, *, headers: Mapping[str, str] | None = None, **body: Any
    ) -> httpx.Response:
        version = {"If-Match": f'"{self.revision}"', **key(), **(headers or {})}
        self.last = self._by_her(route, version, **body)
        return self._made(move, self.driver.send(self.last))

    def _by_her(self, route: str, headers: Mapping[str, str], **body: Any) -> Asked:
        values = {**self.values, "request_id": self.request}
        made = self.driver.run(asked(self.town, route, values=values, headers=headers, **body))
        return replace(made, values={name: value for name, value in values.items() if f"{{{name}}}" in made.template})

    def _authority(self, move: str, step: str, body: Mapping[str, Any], *, certain: bool = True) -> httpx.Response:
        read = self.driver.send(self._by_nav("GET", INBOX, {}))
        version = etag_of(read) if read.is_success else {"If-Match": '"1"'}
        made = self._by_nav("POST", f"{INBOX}/{step}", {**version, **key()})
        return self._made(move, self.driver.send(replace(made, json=body)), certain=certain)

    def _by_nav(self, method: str, template: str, headers: Mapping[str, str]) -> Asked:
        caller = self.driver.run(self.town.organisation(NAV, method, template.format_map(self.values)))
        return Asked(method, template, caller, self.values, headers=headers)

    def _made(self, move: str, answer: httpx.Response, *, certain: bool = True) -> httpx.Response:
        """The move counts where it is legal, and only there; one that the law may refuse for what it says need not."""
        legal, leads_to, _ = MOVES[move]
        assert not (answer.is_success and self.status not in legal), (
            f"{move} was taken while {self.status}: {answer.text[:300]}"
        )
        if certain:
            assert answer.is_success or self.status not in legal, (
                f"{move} was refused while {self.status}: {answer.text[:300]}"
            )
        self.driver.lived.add((self.status, move, answer.is_success))
        if answer.is_success:
            self.steps += leads_to is not None and not (self.status == "draft" and move == "withdraw")
            self.revision, self.status = self.revision + 1, leads_to or self.status
        return answer

    def _day(self, days: int) -> str:
        return (self.town.clock.now() + timedelta(days=days)).date().isoformat()


def decision(today: str, outcome: str, last_day: str) -> dict[str, Any]:
    """A decision of that outcome, lawful but for its day."""
    item = {"what": "Hjelpestønad", "outcome": outcome, "reasons": "Slik er det.", "law": "ftrl § 6-4"}
    complaint = {"body": "nav_klageinstans", "send_to": "Nav", "deadline": last_day}
    return {
        "decided_at": today,
        "notified_at": today,
        "items": [item],
        "complaint": None if outcome == "granted" else complaint,
    }
