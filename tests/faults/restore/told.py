"""What must hold of a cluster that was set back or carried on by a standby, beside what the history checker looks at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tests.faults.checks_of_events import committed_versions, heard, nothing_parked
from tests.faults.checks_of_projections import assessments, case_files, deadlines, log_rows, timelines
from tests.faults.history import History
from tests.faults.report import Report
from tests.faults.seen import Seen, Told

CHECKS = {
    "aggregates committed without a gap": committed_versions,
    "events taken in by each listener": heard,
    "services with nothing set aside": nothing_parked,
    "timelines equal to their events": timelines,
    "cases at their last event": case_files,
    "children judged by the newest profile": assessments,
    "access-log rows in the family's view": log_rows,
    "deadlines": deadlines,
}
EMPTY = History()


def check(seen: Seen, *, erased: str) -> Report:
    """The checks that make sense when the clients remember more than the cluster does. `erased`: who is in the logs and in no view of them."""
    report, committed = Report(), _committed(seen)
    told = [each for each in seen.told if (each.topic, each.event_id) in committed]
    rows = {table: [row for row in rows if row.get("child_id") != erased] for table, rows in seen.rows.items()}
    kept = replace(seen, rows=defaultdict(list, rows), told=[each for each in told if each.key != erased])
    looked = {what: one(EMPTY, kept) for what, one in CHECKS.items()}
    looked["happenings told to a partner under one id"] = once(seen)
    looked["our own events on their topic"] = on_their_topic(seen)
    looked["our own events that were committed"] = nothing_of_the_lost_past(seen)
    for what, found in looked.items():
        report.checked[what] = 0
        for fault in found:
            report.checked[what] += 1
            if fault is not None:
                report.faults.append(f"{what}: {fault}")
    return report


def once(seen: Seen) -> Iterable[str | None]:
    """Whatever a partner was ever told of, before, in the past that was lost, and after: each happening has one id."""
    ids: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for each in seen.told:
        if each.topic.startswith("partner."):
            ids[_happening(each)].add(each.event_id)
    for happening, found in ids.items():
        yield None if len(found) == 1 else f"{happening} was told under {len(found)} ids"


def _happening(told: Told) -> tuple[str, ...]:
    return (told.topic, told.type, told.subject, str(told.data["occurred_at"]), str(told.data["status"]))


def on_their_topic(seen: Seen) -> Iterable[str | None]:
    """Every event of the cluster as it is now was sent, and stands where our services read it."""
    there = {(each.topic, each.event_id) for each in seen.told}
    for place, sent in _committed(seen).items():
        if place[0].startswith("somlos."):
            yield None if sent and place in there else f"{place} is not on its topic"


def nothing_of_the_lost_past(seen: Seen) -> Iterable[str | None]:
    """Nobody of ours can read what was told of a past that is no more."""
    committed = _committed(seen)
    for each in seen.told:
        if each.topic.startswith("somlos."):
            yield None if (each.topic, each.event_id) in committed else f"{each.topic} holds {each.event_id} of before"


def _committed(seen: Seen) -> dict[tuple[str, str], bool]:
    """Each event in an outbox, and whether it is marked as sent."""
    return {
        (row["topic"], row["event_id"]): row["sent_at"] is not None
        for table, rows in seen.rows.items()
        if table.endswith(".outbox")
        for row in rows
    }
