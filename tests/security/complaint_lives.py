"""A complaint's life through the real API, in any order: the mother, the municipality and the county governor."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.security.lives import Driver
from tests.support.asking.complaints import GOVERNOR
from tests.support.asking.table import HAMAR, Asked, asked, key
from tests.support.good_requests import GOOD
from tests.support.town import etag_of

FILING = "POST /status/v1/cases/{case_id}/complaints"
ONE, INBOX = "/status/v1/complaints/{complaint_id}", "/status/v1/complaint-inbox/{complaint_id}"
OPEN = frozenset({"filed", "received", "reassessed", "forwarded"})
# pasient- og brukerrettighetsloven § 7-5: four weeks from the notice.
HEALTH_WEEKS = 4
# Each move of an organisation: where it may be made, and whose it is.
MOVES: Mapping[str, tuple[str, str]] = {
    "receipt": ("filed", HAMAR),
    "reassessment": ("received", HAMAR),
    "forwarding": ("reassessed", HAMAR),
    "decision": ("forwarded", GOVERNOR),
}


class ComplaintLife(RuleBasedStateMachine):
    """One refused case, and what becomes of a complaint about it."""

    def __init__(self, driver: Driver) -> None:
        super().__init__()
        self.driver, self.town = driver, driver.town
        self.filing: Asked | None = None
        self.status, self.version = "none", 0
        self.values: dict[str, str] = {}
        self.all: dict[str, int] = {}

    @initialize(far=st.integers(0, 5))
    def start(self, far: int) -> None:
        """A case that was refused, and some steps on from there."""
        self.filing = self.driver.run(GOOD[FILING, "citizen"](self.town))
        for _ in range(far):
            self.go_on(outcome="upheld")
        self.try_all_that_is_not_due()

    @rule()
    def try_all_that_is_not_due(self) -> None:
        """Every move that may not be made here is refused, and changes nothing."""
        moves: Mapping[str, Callable[[], None]] = {
            "receipt": self.receive,
            "reassessment": lambda: self.reassess("upheld"),
            "forwarding": self.forward,
            "decision": lambda: self.decide("upheld"),
        }
        for step, make in moves.items():
            if self.status != MOVES[step][0]:
                make()
        if self.status in OPEN:
            self.file()
        else:
            self.withdraw()

    @rule(outcome=st.sampled_from(["upheld", "changed"]))
    def go_on(self, outcome: str) -> None:
        """The next step."""
        match self.status:
            case "none" | "withdrawn":
                self.file()
            case "received":
                self.reassess(outcome)
            case "filed":
                self.receive()
            case "reassessed":
                self.forward()
            case "forwarded":
                self.decide("reversed")

    @rule()
    def file(self) -> None:
        """She complains; one at a time."""
        assert self.filing
        request = self._hers(FILING, self.filing.values, key(), json=self.filing.json)
        answer = self.driver.send(request)
        free = self.status in {"none", "withdrawn"}
        assert answer.is_success or not free, answer.text[:300]
        assert not (answer.is_success and self.status in OPEN | {"decided"}), answer.text[:300]
        self._note("file", answer)
        if answer.is_success:
            self.values, self.version, self.status = {"complaint_id": answer.json()["id"]}, 1, "filed"
            self.all[answer.json()["id"]] = 1

    @rule()
    def withdraw(self) -> None:
        """She takes it back."""
        if not self.values:
            return
        answer = self.driver.send(self._hers(f"POST {ONE}/withdrawal", self.values, {"If-Match": f'"{self.version}"'}))
        self._made("withdraw", answer, legal=self.status in OPEN, leads_to="withdrawn")

    @rule()
    def receive(self) -> None:
        """The municipality has it."""
        self._step("receipt", None, "received")

    @rule(outcome=st.sampled_from(["upheld", "changed"]))
    def reassess(self, outcome: str) -> None:
        """It looks again."""
        body = {"outcome": outcome, "reasons": "Vi har sett på det igjen."}
        self._step("reassessment", body, "closed" if outcome == "changed" else "reassessed")

    @rule()
    def forward(self) -> None:
        """It sends it on."""
        self._step("forwarding", {"to": GOVERNOR, "statement": "Slik ser vi det."}, "forwarded")

    @rule(outcome=st.sampled_from(["upheld", "reversed", "partly-reversed", "sent-back"]))
    def decide(self, outcome: str) -> None:
        """The county governor decides."""
        today = self.town.clock.now().date().isoformat()
        self._step("decision", {"outcome": outcome, "reasons": "Slik er det.", "decided_at": today}, "decided")

    @rule(step=st.sampled_from(sorted(MOVES)))
    def somebody_elses_step(self, step: str) -> None:
        """A municipality that has nothing to do with it."""
        if self.values:
            request = self._organisations(
                "312490978", "POST", f"{INBOX}/{step}", {"If-Match": f'"{self.version}"', **key()}, None
            )
            assert self.driver.send(request).status_code in {404, 422}

    @invariant()
    def it_is_where_the_moves_led_and_its_version_is_one_for_each(self) -> None:
        """What the mother reads; the last day is never before the law's."""
        if not self.values:
            return
        read = self.driver.send(self._hers(f"GET {ONE}", self.values, {})).json()
        assert (read["status"], read["version"]) == (self.status, self.version)
        assert date.fromisoformat(read["last_day"]) >= self.town.clock.now().date() + timedelta(weeks=HEALTH_WEEKS)

    def teardown(self) -> None:
        """Every step was told once, in order, and every service has taken it."""
        for complaint, version in self.all.items():
            told = self.driver.rows(
                "status", "select version from outbox where aggregate_id = :id order by position", id=complaint
            )
            assert [row["version"] for row in told] == list(range(1, version + 1))
        self.driver.run(self.town.spread())

    def _step(self, step: str, body: Mapping[str, Any] | None, leads_to: str) -> None:
        if not self.values:
            return
        needed, whose = MOVES[step]
        read = self.driver.send(self._organisations(whose, "GET", INBOX, {}, None))
        version = etag_of(read) if read.is_success else {"If-Match": f'"{self.version}"'}
        answer = self.driver.send(self._organisations(whose, "POST", f"{INBOX}/{step}", {**version, **key()}, body))
        self._made(step, answer, legal=self.status == needed, leads_to=leads_to)

    def _made(self, move: str, answer: httpx.Response, *, legal: bool, leads_to: str) -> None:
        assert answer.is_success == legal, f"{move} while {self.status}: {answer.status_code} {answer.text[:300]}"
        self._note(move, answer)
        if answer.is_success:
            self.version, self.status = self.version + 1, leads_to
            self.all[self.values["complaint_id"]] = self.version

    def _note(self, move: str, answer: httpx.Response) -> None:
        self.driver.lived.add((self.status, move, answer.is_success))

    def _hers(self, route: str, values: Mapping[str, str], headers: Mapping[str, str], **body: Any) -> Asked:
        return self.driver.run(asked(self.town, route, values=values, headers=headers, **body))

    def _organisations(self, org: str, method: str, template: str, headers: Mapping[str, str], body: Any) -> Asked:
        caller = self.driver.run(self.town.organisation(org, method, template.format_map(self.values)))
        return Asked(method, template, caller, self.values, json=body, headers=headers)
