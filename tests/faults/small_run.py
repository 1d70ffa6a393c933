"""A short run that went well, made by hand: what the checker must find nothing in, until something is planted."""

from datetime import date
from typing import Any

from tests.faults.history import Deed, History, Kind
from tests.faults.seen import Row, Seen, Told

CHILD, CASE, COMPLAINT = "child", "case", "complaint"
APPLICATIONS, PROFILES = "somlos.applications.application.v1", "somlos.mapping.profile.v1"
COMPLAINTS, PARTNER = "somlos.status.complaint.v1", "partner.312482754.events.v1"
LAST_DAY = date(2026, 12, 30)
STORY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("submitted", {}),
    ("status-changed", {"status": "received"}),
    ("decided", {"complaint_deadline": LAST_DAY.isoformat()}),
)
STATUSES = ("submitted", "received", "decided")


def whole_run() -> tuple[History, Seen]:
    """One child: told twice, applied, decided, complained; every event on its topic and in its listeners' inboxes."""
    history, seen = _history(), Seen(said={CHILD: [1, 2]}, shown={CASE: "decided"})
    for version in (1, 2, 3):
        _tell(seen, PROFILES, CHILD, version, by="mapping", name="no.somlos.profile.updated.v1", hearers=("rights",))
    for version, (name, data) in enumerate(STORY, start=1):
        told = {"by": "applications", "name": f"no.somlos.application.{name}.v1", "data": data}
        _tell(seen, APPLICATIONS, CASE, version, **told, hearers=("status", "gateway"))
        partner = {
            "by": "gateway",
            "name": f"no.somlos.partner.application-{name}.v1",
            "data": {"status": STATUSES[version - 1]},
        }
        _tell(seen, PARTNER, CASE, version, **partner, hearers=())
    filed = {"by": "status", "name": "no.somlos.complaint.filed.v1", "hearers": ("applications", "gateway")}
    _tell(seen, COMPLAINTS, COMPLAINT, 1, **filed)
    _tables(seen)
    return history, seen


def _history() -> History:
    application = "/applications/v1/applications"
    return History(
        [
            _done(Kind.TELL, "PATCH", f"/mapping/v1/children/{CHILD}/profile", value=1, version=2),
            _done(Kind.TELL, "PATCH", f"/mapping/v1/children/{CHILD}/profile", value=2, version=3),
            _done(Kind.DRAFT, "POST", application, key="draft", resource=CASE),
            _done(Kind.SUBMIT, "POST", f"{application}/{CASE}/submission", target=CASE, key="submit"),
            _done(Kind.RECEIVE, "POST", f"/applications/v1/inbox/{CASE}/receipt", target=CASE, key="receive"),
            _done(Kind.DECIDE, "POST", f"/applications/v1/inbox/{CASE}/decision", target=CASE, key="decide"),
            _done(Kind.COMPLAIN, "POST", f"/status/v1/cases/{CASE}/complaints", target=CASE, key="complain", resource=COMPLAINT),
        ]
    )  # fmt: skip


def _done(kind: Kind, method: str, path: str, **more: Any) -> Deed:
    return Deed(kind, "somebody", CHILD, method, path, statuses=[None, 201], **more)


def _tell(seen: Seen, topic: str, aggregate: str, version: int, **about: Any) -> None:
    """`by`: whose outbox; `name`: the event's type; `data`; `hearers`: who has taken it in."""
    name = about["name"]
    event_id = f"{topic}/{aggregate}/{version}"
    row = {
        "event_id": event_id,
        "topic": topic,
        "aggregate_id": aggregate,
        "epoch": 1,
        "version": version,
        "type": name,
        "sent_at": "then",
    }
    seen.rows[f"{about['by']}.outbox"].append(row)
    seen.told.append(
        Told(topic, 0, len(seen.told), event_id, name, aggregate, aggregate, 1, version, about.get("data", {}))
    )
    for hearer in about["hearers"]:
        seen.rows[f"{hearer}.inbox"].append({"event_id": event_id})
        at = seen.rows[f"{hearer}.inbox_sequence"]
        at[:] = [each for each in at if each["aggregate_id"] != aggregate]
        at.append({"topic": topic, "aggregate_id": aggregate, "sequence": f"0001.{version:012d}"})


def _tables(seen: Seen) -> None:
    timeline: list[Row] = [
        {"case_id": CASE, "version": n, "status": status} for n, status in enumerate(STATUSES, start=1)
    ]
    rows: dict[str, list[Row]] = {
        "applications.application": [{"id": CASE, "subject_id": CHILD, "status": "decided"}],
        "applications.idempotency_key": [{"key": "draft", "resource_id": CASE}],
        "applications.decision": [{"application_id": CASE, "complaint_deadline": LAST_DAY}],
        "status.case_file": [{"id": CASE, "version": 3, "status": "decided", "complain_by": LAST_DAY}],
        "status.case_timeline": timeline,
        "status.complaint": [{"id": COMPLAINT, "case_id": CASE, "status": "filed", "last_day": LAST_DAY}],
        "rights.assessment": [{"subject_id": CHILD, "profile_version": 3}],
        "gateway.party": [{"application_id": CASE, "organisation": "312482754"}],
    }
    seen.rows.update(rows)
    for service in ("mapping", "applications", "status"):
        for kind in ("citizen", "machine"):
            for number in range(2):
                row_id = f"{service}/{kind}/{number}"
                seen.rows[f"{service}.access_log"].append({"id": row_id, "child_id": CHILD, "reader_kind": kind})
                seen.rows["mapping.access_view"].append({"service": service, "row_id": row_id})
