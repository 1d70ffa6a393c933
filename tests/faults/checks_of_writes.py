"""Every acknowledged write is there, and every effect once."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from tests.faults.history import CLEAR_REFUSAL, SERVER_FAULT, Deed, History, Kind
from tests.faults.report import Check
from tests.faults.seen import Seen

KEYED = (Kind.DRAFT, Kind.SUBMIT, Kind.RECEIVE, Kind.DECIDE, Kind.COMPLAIN)
STEPS = {
    Kind.SUBMIT: "no.somlos.application.submitted.v1",
    Kind.DECIDE: "no.somlos.application.decided.v1",
    Kind.WITHDRAW: "no.somlos.application.status-changed.v1",
    Kind.RECEIVE: "no.somlos.application.status-changed.v1",
}


def clear_answers(history: History, _: Seen) -> Iterable[str | None]:
    """Whatever is harmed, an answer is an answer, a clear 503, or none at all."""
    for deed in history.deeds:
        for status in deed.statuses:
            unclear = status is not None and status >= SERVER_FAULT and status != CLEAR_REFUSAL
            yield f"{_named(deed)} was answered {status}" if unclear else None


def harmless_retries(history: History, _: Seen) -> Iterable[str | None]:
    """What is sent again with its Idempotency-Key ends well, whatever became of it the first time."""
    for deed in history.of(*KEYED):
        if len(deed.statuses) > 1:
            yield None if deed.acknowledged else f"{_named(deed)} ended in {deed.statuses}"


def creations(history: History, seen: Seen) -> Iterable[str | None]:
    """Each acknowledged draft and complaint has its row."""
    there = {row["id"] for table in ("applications.application", "status.complaint") for row in seen.rows[table]}
    for deed in history.acknowledged(Kind.DRAFT, Kind.COMPLAIN):
        yield None if deed.resource in there else f"{_named(deed)} is lost: no row {deed.resource}"


def drafts_once(history: History, seen: Seen) -> Iterable[str | None]:
    """Each application comes from one request's key, and each key made one."""
    keys = {deed.key for deed in history.of(Kind.DRAFT)}
    made = Counter(row["resource_id"] for row in seen.rows["applications.idempotency_key"] if row["key"] in keys)
    children = {deed.child for deed in history.of(Kind.DRAFT)}
    for row in seen.rows["applications.application"]:
        if row["subject_id"] in children:
            times = made[row["id"]]
            yield None if times == 1 else f"application {row['id']} was made by {times} requests"


def steps(history: History, seen: Seen) -> Iterable[str | None]:
    """Each acknowledged step has its event in the outbox: one submission and one decision, never two."""
    told = Counter((row["aggregate_id"], row["type"]) for row in seen.rows["applications.outbox"])
    for deed in history.acknowledged(*STEPS):
        times = told[(deed.target, STEPS[deed.kind])]
        once = deed.kind in (Kind.SUBMIT, Kind.DECIDE)
        if times == 0:
            yield f"{_named(deed)} is lost: no {STEPS[deed.kind]}"
        else:
            yield f"{_named(deed)} had its effect {times} times" if once and times > 1 else None


def one_each(history: History, seen: Seen) -> Iterable[str | None]:
    """A case has one decision, and one complaint that stands."""
    decisions = Counter(row["application_id"] for row in seen.rows["applications.decision"])
    complaints = Counter(row["case_id"] for row in seen.rows["status.complaint"] if row["status"] != "withdrawn")
    for what, counted in (("decisions", decisions), ("complaints", complaints)):
        for case, times in counted.items():
            yield None if times == 1 else f"case {case} has {times} {what}"


def ends(history: History, seen: Seen) -> Iterable[str | None]:
    """Where the client last heard that an application stands, there it stands, in the table and in the API."""
    status = {row["id"]: row["status"] for row in seen.rows["applications.application"]}
    for target, wanted in _expected(history).items():
        for place, found in (("the table", status.get(target)), ("the API", seen.shown.get(target, wanted))):
            yield (
                None
                if found == wanted
                else f"application {target} is {found} in {place}, and was acknowledged as {wanted}"
            )


def _expected(history: History) -> dict[str, str]:
    last: dict[str, str] = {}
    unsure = {deed.target for deed in history.of(*STEPS) if deed.unknown}
    names = {Kind.SUBMIT: "submitted", Kind.RECEIVE: "received", Kind.DECIDE: "decided", Kind.WITHDRAW: "withdrawn"}
    for deed in history.acknowledged(*STEPS):
        last[deed.target] = names[deed.kind]
    return {target: status for target, status in last.items() if target not in unsure}


def things_told(history: History, seen: Seen) -> Iterable[str | None]:
    """Each number that was told is in the child's history once, in the order in which it was told; nothing else is."""
    deeds: dict[str, list[Deed]] = defaultdict(list)
    for deed in history.of(Kind.TELL):
        deeds[deed.child].append(deed)
    for child, mine in deeds.items():
        said, possible = seen.said.get(child, []), {deed.value for deed in mine if deed.acknowledged or deed.unknown}
        wanted = [deed.value for deed in mine if deed.acknowledged]
        for value in wanted:
            times = said.count(value or 0)
            yield None if times == 1 else f"child {child}: what was told ({value}) stands {times} times in the history"
        for value in set(said) - {each for each in possible if each is not None}:
            yield f"child {child}: the history says {value}, which nobody told"
        if [each for each in said if each in wanted] != wanted and set(wanted) <= set(said):
            yield f"child {child}: the history has another order than the answers"
        doubled = [value for value, times in Counter(said).items() if times > 1 and value not in wanted]
        yield from (f"child {child}: {value} is there twice" for value in doubled)


def profile_versions(history: History, seen: Seen) -> Iterable[str | None]:
    """The version that an answer gave exists, and no two answers gave the same."""
    told = {
        (row["aggregate_id"], row["version"])
        for row in seen.rows["mapping.outbox"]
        if row["type"].startswith("no.somlos.profile")
    }
    given = Counter((deed.child, deed.version) for deed in history.acknowledged(Kind.TELL))
    for place, times in given.items():
        if place not in told:
            yield f"child {place[0]}: version {place[1]} of the profile was acknowledged and is lost"
        else:
            yield None if times == 1 else f"child {place[0]}: version {place[1]} was given {times} times"


def _named(deed: Deed) -> str:
    return f"{deed.kind} of {deed.target or deed.child} by {deed.who} ({deed.key or deed.value or ''})"


CHECKS: dict[str, Check] = {
    "answers that are clear": clear_answers,
    "retries with a key": harmless_retries,
    "acknowledged creations": creations,
    "applications made once": drafts_once,
    "acknowledged steps": steps,
    "cases with one decision, one complaint": one_each,
    "where applications ended": ends,
    "facts told": things_told,
    "profile versions given": profile_versions,
}
