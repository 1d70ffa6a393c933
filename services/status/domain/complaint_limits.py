"""Which time limits run while a complaint is handled, and where one can go with the answer."""

from services.status.domain.complaint import Complaint, Move, Outcome
from services.status.domain.counting import count
from services.status.domain.deadline import Deadline, DeadlineKind, winning
from services.status.domain.outlook import Law, Outlook, Since
from shared.dates import oslo_day

DUTIES = (DeadlineKind.ANSWER, DeadlineKind.PRELIMINARY_ANSWER)


def limits(complaint: Complaint, law: Law) -> tuple[Outlook, ...]:
    """What whoever has the complaint owes, and since when; none once it has ended."""
    if complaint.due is None:
        return ()
    return _of_the_appeal(complaint, law) if complaint.due is Move.DECISION else _of_the_authority(complaint, law)


def further(complaint: Complaint, law: Law) -> tuple[Deadline, ...]:
    """Where the answer can be taken (anke): the time limit runs from the day the answer came, which is not known here."""
    if complaint.decided_on is None or complaint.last.outcome is Outcome.REVERSED:
        return ()
    found = winning(
        DeadlineKind.APPEAL, complaint.right_id, complaint.body, None, law.deadlines, on=complaint.decided_on
    )
    return tuple(each for each in found if each.rights is not None and complaint.body in each.authorities)


def _of_the_authority(complaint: Complaint, law: Law) -> tuple[Outlook, ...]:
    start, rules = oslo_day(complaint.filed_at), law.complaints
    stated = law.rights[rules.right].stated
    found = (
        deadline
        for kind in DUTIES
        if kind in stated
        for deadline in winning(kind, rules.right, complaint.authority_kind, stated[kind], law.deadlines, on=start)
    )
    return tuple(Outlook(each, count(each, start, law.holidays), Since.FILED) for each in found)


def _of_the_appeal(complaint: Complaint, law: Law) -> tuple[Outlook, ...]:
    right = law.rights.get(complaint.right_id)
    own = right.stated.get(DeadlineKind.COMPLAINT) if right else None
    starts = {Since.FILED: complaint.filed_at, Since.FORWARDED: complaint.forwarded_at or complaint.filed_at}
    found = []
    for rule in law.complaints.appeal:
        deadline, start = law.deadline(rule.deadline), oslo_day(starts[rule.since])
        meant = not rule.only_after or (own is not None and own.deadline in rule.only_after)
        if deadline and meant and complaint.body in deadline.authorities and deadline.holds_on(start):
            found.append(Outlook(deadline, count(deadline, start, law.holidays), rule.since))
    return tuple(found)
