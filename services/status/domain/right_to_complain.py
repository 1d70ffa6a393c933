"""Whether one may complain about a decision, to whom, and until when. forvaltningsloven §§ 28 and 29, and the special acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.status.domain.case import Case, Decision
from services.status.domain.complaint import Complaint, ComplaintStatus
from services.status.domain.counting import Due, binding, count
from services.status.domain.deadline import Deadline, DeadlineKind, winning
from services.status.domain.errors import ComplaintOpen, ComplaintRuled, NoBody, NothingDecided, ShorterThanTheLaw
from services.status.domain.outlook import Law

NO_BODY = "none"


@dataclass(frozen=True, slots=True)
class RightToComplain:
    """`body`: the kind of organisation that decides; None: not known. `rule`: the law's time limit; None: not known. `due`: its last day, None while the
    day that it runs from is not known. `stated`: the authority's own day. `last_day`: the one that counts; None: not known. `latest`: the last day
    that a late complaint can be taken at all."""

    decision: Decision
    body: str | None
    rule: Deadline | None
    due: Due | None
    last_day: date | None
    latest: Due | None

    @property
    def stated(self) -> date | None:
        """The authority's own day."""
        return self.decision.complain_by

    def is_late(self, day: date) -> bool:
        """Whether a complaint on that day comes too late. What is not known is never late."""
        return self.last_day is not None and day > self.last_day

    def is_too_late(self, day: date) -> bool:
        """Whether not even a late complaint can be taken any more."""
        return self.is_late(day) and self.latest is not None and self.latest.is_past(day)


def require_right(case: Case, law: Law, earlier: Iterable[Complaint]) -> RightToComplain:
    """The right to complain now. Raises NothingDecided, ComplaintOpen, ComplaintRuled or NoBody. `earlier`: the case's complaints."""
    if case.decision is None:
        raise NothingDecided
    mine = [each for each in earlier if each.case_version == case.decision.version]
    if any(each.is_open for each in mine):
        raise ComplaintOpen
    if any(each.status is ComplaintStatus.DECIDED for each in mine):
        raise ComplaintRuled
    right = right_to_complain(case, case.decision, law)
    if right.body is None:
        raise NoBody
    return right


def right_to_complain(case: Case, decision: Decision, law: Law) -> RightToComplain:
    """What the law and the authority say. Counted from the day the notice came, and not at all while that day is not known."""
    right = law.rights.get(case.right_id)
    body = decision.complain_to or (right.complaint_body if right else None)
    rule = _rule(case, law, on=decision.notified_at or decision.decided_at)
    due = count(rule, decision.notified_at, law.holidays) if rule and decision.notified_at else None
    try:
        last_day = binding(decision.complain_by, due)
    except ShorterThanTheLaw as shorter:
        last_day = shorter.lawful
    latest = law.deadline(law.complaints.latest)
    return RightToComplain(
        decision=decision,
        body=None if body == NO_BODY else body,
        rule=rule,
        due=due,
        last_day=last_day,
        latest=count(latest, decision.decided_at, law.holidays) if latest else None,
    )


def _rule(case: Case, law: Law, *, on: date) -> Deadline | None:
    """What the right names, else a rule that lists the right. A rule for every right is about something else: access to documents, faults in a complaint."""
    right = law.rights.get(case.right_id)
    stated = right.stated.get(DeadlineKind.COMPLAINT) if right else None
    found = winning(DeadlineKind.COMPLAINT, case.right_id, case.authority_kind, stated, law.deadlines, on=on)
    return next((each for each in found if stated or each.rights is not None), None)
