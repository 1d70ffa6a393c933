"""Every projection is what one gets by telling the events again, from the first; deadlines and access-log rows are there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from tests.faults.history import History, Kind
from tests.faults.report import Check
from tests.faults.seen import Seen, Told

APPLICATIONS, PROFILES = "somlos.applications.application.v1", "somlos.mapping.profile.v1"
LOGS = ("rights", "applications", "status")


def timelines(_: History, seen: Seen) -> Iterable[str | None]:
    """A case's timeline is its application's events, one step each."""
    rows: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in seen.rows["status.case_timeline"]:
        rows[row["case_id"]].append((row["version"], row["status"]))
    told = _stories(seen)
    for case in told.keys() | rows.keys():
        wanted, found = told.get(case, []), sorted(rows.get(case, []))
        yield None if found == wanted else f"case {case}: the timeline is {found}, the events say {wanted}"


def case_files(_: History, seen: Seen) -> Iterable[str | None]:
    """A case stands where its last event put it."""
    rows = {row["id"]: (row["version"], row["status"]) for row in seen.rows["status.case_file"]}
    for case, story in _stories(seen).items():
        yield (
            None
            if rows.get(case) == story[-1]
            else f"case {case} stands at {rows.get(case)}, its last event says {story[-1]}"
        )


def assessments(_: History, seen: Seen) -> Iterable[str | None]:
    """The rights rest on the newest profile."""
    newest: Counter[str] = Counter()
    for each in seen.first_told():
        if each.topic == PROFILES:
            newest[each.subject] = max(newest[each.subject], each.version)
    judged: dict[str, list[int]] = defaultdict(list)
    for row in seen.rows["rights.assessment"]:
        judged[row["subject_id"]].append(row["profile_version"])
    for child, version in newest.items():
        found = judged.get(child, [])
        yield (
            None
            if found and set(found) == {version}
            else f"child {child}: rights rest on {sorted(set(found))}, the profile is at {version}"
        )


def deliveries(_: History, seen: Seen) -> Iterable[str | None]:
    """A partner is told of each event of an application that is addressed to it: once, in order, numbered from 1."""
    partners: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in seen.first_told():
        if each.topic.startswith("partner.") and each.type.startswith("no.somlos.partner.application"):
            partners[each.subject].append((each.version, str(each.data["status"])))
    parties = {row["application_id"] for row in seen.rows["gateway.party"] if row["organisation"]}
    stories = _stories(seen)
    for application in parties | partners.keys():
        wanted = [(number, status) for number, (_, status) in enumerate(stories.get(application, []), start=1)]
        found = partners.get(application, [])
        yield (
            None
            if found == wanted
            else f"application {application}: the partner was told {found}, the events say {wanted}"
        )


def log_rows(_: History, seen: Seen) -> Iterable[str | None]:
    """The family's log holds every row of every service's log, once, and no other."""
    views: dict[str, set[str]] = defaultdict(set)
    for row in seen.rows["mapping.access_view"]:
        views[row["service"]].add(row["row_id"])
    for service in (*LOGS, "mapping"):
        logged = {row["id"] for row in seen.rows[f"{service}.access_log"]}
        for row_id in logged | views[service]:
            if row_id in logged and row_id in views[service]:
                yield None
            else:
                yield f"row {row_id} of the log of {service} is only in {'the family view' if row_id in views[service] else 'the service'}"


def logged_requests(history: History, seen: Seen) -> Iterable[str | None]:
    """Whatever a client was shown of a child is in the log: at least as many rows as acknowledged requests."""
    rows = Counter(
        (service, row["child_id"], row["reader_kind"])
        for service in (*LOGS, "mapping")
        for row in seen.rows[f"{service}.access_log"]
    )
    asked = Counter(
        (deed.service, deed.child, "machine" if deed.kind in (Kind.RECEIVE, Kind.DECIDE) else "citizen")
        for deed in history.deeds
        if deed.acknowledged
    )
    for place, times in asked.items():
        yield None if rows[place] >= times else f"{place}: {times} requests were answered, {rows[place]} are in the log"


def deadlines(_: History, seen: Seen) -> Iterable[str | None]:
    """Each decision's last day to complain stands on the case, as it was decided and as it was told."""
    files = {row["id"]: row for row in seen.rows["status.case_file"]}
    told = {
        each.subject: each.data.get("complaint_deadline")
        for each in seen.first_told()
        if each.type == "no.somlos.application.decided.v1"
    }
    for row in seen.rows["applications.decision"]:
        case, wanted = row["application_id"], _day(row["complaint_deadline"])
        found = _day((files.get(case) or {}).get("complain_by"))
        same = found == wanted == told.get(case)
        yield None if same else f"case {case}: decided with {wanted}, told {told.get(case)}, shown {found}"
    for row in seen.rows["status.complaint"]:
        yield None if row["last_day"] else f"complaint {row['id']} knows no last day"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _stories(seen: Seen) -> dict[str, list[tuple[int, str]]]:
    """Each application's (version, status), in order, as its events tell it."""
    stories: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in seen.first_told():
        if each.topic == APPLICATIONS:
            stories[each.subject].append((each.version, _status(each)))
    return {case: sorted(story) for case, story in stories.items()}


def _status(told: Told) -> str:
    match told.type:
        case "no.somlos.application.submitted.v1":
            return "submitted"
        case "no.somlos.application.decided.v1":
            return "decided"
        case _:
            return str(told.data["status"])


CHECKS: dict[str, Check] = {
    "timelines equal to their events": timelines,
    "cases at their last event": case_files,
    "children judged by the newest profile": assessments,
    "applications told to their partner": deliveries,
    "access-log rows in the family's view": log_rows,
    "answered readers in the log": logged_requests,
    "deadlines": deadlines,
}
