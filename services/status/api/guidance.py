"""What was decided, and the right to complain: always said with a decision, in words, with the time limit and how it was found."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.status.api.parts import AuthorityView
from services.status.api.wording import Sentence, Speech, Wording
from services.status.domain.case import Case, Decision, DecisionOutcome
from services.status.domain.complaint import Complaint, ComplaintStatus
from services.status.domain.outlook import Law, Since
from services.status.domain.right_to_complain import RightToComplain, right_to_complain


class DecisionView(BaseModel):
    """What the authority decided. Its reasons and amounts are read at the applications service, by the case's id."""

    outcome: DecisionOutcome
    text: Wording
    decided_at: date
    notified_at: date | None = Field(description="the day the notice reached you; null: not known")
    superseded_by: UUID | None = Field(description="the complaint that changed it")


class GuidanceView(BaseModel):
    """The right to complain (klagerett)."""

    may: bool = Field(description="whether a complaint can be sent now")
    text: Wording
    deadline: date | None = Field(description="the last day; null where the day it is counted from is not known")
    deadline_text: Wording = Field(description="the time limit in words, with its arithmetic and its law")
    days_left: int | None = Field(description="0 when it has passed; a complaint is still taken, with a reason")
    late: bool
    law: str | None = Field(max_length=400)
    body: AuthorityView | None = Field(description="who decides on a complaint")
    send_to: AuthorityView = Field(description="who gets it first: whoever decided")
    how: str | None = Field(max_length=200, description="the request that sends a complaint")


def decision_of(decision: Decision, complaints: Sequence[Complaint], speech: Speech) -> DecisionView:
    """The decision, and whether a complaint has changed it."""
    changed = next((c.id for c in complaints if c.case_version == decision.version and c.changed_the_decision), None)
    words = speech.complaints.decisions["superseded" if changed else decision.outcome]
    return DecisionView(
        outcome=decision.outcome,
        text=speech.of(words),
        decided_at=decision.decided_at,
        notified_at=decision.notified_at,
        superseded_by=changed,
    )


def guidance_of(
    case: Case, complaints: Sequence[Complaint], law: Law, speech: Speech, *, today: date, protected: bool
) -> GuidanceView | None:
    """What is said with a decision of every outcome; nothing before there is one."""
    if case.decision is None:
        return None
    right = right_to_complain(case, case.decision, law)
    mine = [each for each in complaints if each.case_version == case.decision.version]
    barred = _barred(mine, right)
    who = speech.authority(case, protected=protected)
    body = speech.organisation(right.body, None, protected=True) if right.body else None
    return GuidanceView(
        may=barred is None,
        text=speech.all_of(_said(right, barred, speech, who=who, body=body)),
        deadline=right.last_day,
        deadline_text=speech.all_of(_limit(right, speech, who=who, today=today)),
        days_left=max((right.last_day - today).days, 0) if right.last_day else None,
        late=right.is_late(today),
        law=right.rule.law if right.rule else None,
        body=AuthorityView(kind=right.body, name=body) if right.body and body else None,
        send_to=AuthorityView(kind=case.authority_kind, name=who),
        how=f"POST /status/v1/cases/{case.id}/complaints" if barred is None else None,
    )


def _barred(mine: Iterable[Complaint], right: RightToComplain) -> str | None:
    """Why no complaint can be sent now, as the name of its sentence."""
    statuses = {each.status for each in mine if each.is_open or each.status is ComplaintStatus.DECIDED}
    if ComplaintStatus.DECIDED in statuses:
        return "ruled"
    return "open" if statuses else None if right.body else "nobody"


def _said(
    right: RightToComplain, barred: str | None, speech: Speech, *, who: Wording, body: Wording | None
) -> Iterable[Sentence]:
    words, outcome = speech.complaints.rights, right.decision.outcome
    if barred:
        yield words[barred], {"who": who.text}
        return
    yield speech.complaints.decisions[outcome], {}
    yield words["still_may" if outcome is DecisionOutcome.GRANTED else "may"], {}
    yield words["way"], {"who": who.text, "body": body.text if body else ""}


def _limit(right: RightToComplain, speech: Speech, *, who: Wording, today: date) -> Iterable[Sentence]:
    words = speech.complaints.rights
    if right.last_day:
        yield words["last_day"], {"date": speech.day(right.last_day)}
        yield from _stated(right, speech, who)
        if right.due:
            yield from speech.counted(right.due, Since.NOTIFIED)
    elif right.rule and right.rule.length:
        yield words["no_start"], {"length": speech.length(right.rule)}
    else:
        yield words["unknown"], {}
    if right.rule:
        yield from speech.source(right.rule)
    if right.is_too_late(today) and right.latest:
        yield words["too_late"], {"length": speech.length(right.latest.deadline)}
        yield from speech.source(right.latest.deadline)
    elif right.is_late(today):
        yield words["past"], {}


def _stated(right: RightToComplain, speech: Speech, who: Wording) -> Iterable[Sentence]:
    """What the authority's own day means beside the law's."""
    words, stated = speech.complaints.rights, right.stated
    if stated and not right.due:
        yield words["stated_alone"], {"who": who.text}
    elif stated and right.due and stated > right.due.last_day:
        yield words["stated"], {"who": who.text, "date": speech.day(right.due.last_day)}
    elif stated and right.due and stated < right.due.last_day:
        yield words["too_short"], {"who": who.text, "date": speech.day(stated)}
