"""Whether a decision can be taken in: whoever gets less than was applied for must learn why, by what law, and how to complain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.applications.domain.complaint_law import ComplaintLaw
from services.applications.domain.decision import ComplaintInformation, Decision, Item, Outcome
from shared.domain import FieldFault, InvalidInput

SHORTER = "deadline-shorter-than-law"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShorterThanTheLaw(FieldFault):
    """The stated last day to complain lies before the law's (fvl § 29 and the special acts)."""

    stated: date
    lawful: date
    law: str


def require_lawful(decision: Decision, right_id: str, law: ComplaintLaw, *, submitted_on: date, today: date) -> None:
    """Raises InvalidInput that names every field that lacks or cannot be."""
    faults = [
        *_faults_of_days(decision, submitted_on, today),
        *(fault for place, item in enumerate(decision.items) for fault in _faults_of_item(f"items.{place}", item)),
        *_faults_of_complaint(decision, right_id, law, today),
    ]
    if faults:
        raise InvalidInput(*faults)


def _faults_of_days(decision: Decision, submitted_on: date, today: date) -> Iterator[FieldFault]:
    if decision.decided_at < submitted_on:
        yield FieldFault("decided_at", "before-the-application", f"{submitted_on} or later")
    if decision.decided_at > today:
        yield FieldFault("decided_at", "in-the-future", f"{today} or earlier")
    if decision.notified_at and decision.notified_at < decision.decided_at:
        yield FieldFault("notified_at", "before-the-decision", f"{decision.decided_at} or later, or null")
    if decision.notified_at and decision.notified_at > today:
        yield FieldFault("notified_at", "in-the-future", f"{today} or earlier, or null while it is not known")


def _faults_of_item(place: str, item: Item) -> Iterator[FieldFault]:
    if item.is_less and not item.reasons:
        yield FieldFault(f"{place}.reasons", "reasons-lacking", "why this is less than what was applied for")
    if item.is_less and not item.law:
        yield FieldFault(f"{place}.law", "law-lacking", "the provision it rests on")
    if item.outcome is Outcome.REFUSED and item.amount:
        yield FieldFault(f"{place}.amount", "amount-of-a-refusal", "null: what is refused has no amount")
    if item.period and item.period.ends and item.period.ends <= item.period.starts:
        yield FieldFault(f"{place}.period.to", "not-after-from", f"a day after {item.period.starts}, or null")


def _faults_of_complaint(decision: Decision, right_id: str, law: ComplaintLaw, today: date) -> Iterator[FieldFault]:
    said = decision.complaint or ComplaintInformation()
    if any(item.is_less for item in decision.items):
        yield from _lacking(decision, said, law.body_of(right_id))
    if said.body and said.body not in law.bodies:
        yield FieldFault("complaint.body", "unknown-body", f"one of {', '.join(sorted(law.bodies))}")
    rule = law.rule_of(right_id, decision.decided_at)
    runs = decision.starts <= today  # a day to come is a fault of its own, and may be too late to count from
    lawful = law.last_day(rule, decision.starts) if rule and runs else None
    if rule and lawful and said.deadline and said.deadline < lawful:
        counted_from = "the notice" if decision.notified_at else "the decision, since the notice is not dated"
        expected = f"{lawful} or later ({rule.law}, counted from {counted_from}); {said.deadline} was given"
        yield ShorterThanTheLaw(
            "complaint.deadline", SHORTER, expected, stated=said.deadline, lawful=lawful, law=rule.law
        )


def _lacking(decision: Decision, said: ComplaintInformation, body: str | None) -> Iterator[FieldFault]:
    if not said.body:
        by_law = f" ({body} by the right)" if body else ""
        yield FieldFault(
            "complaint.body", "body-lacking", f"the kind of organisation that decides on a complaint{by_law}"
        )
    if not said.send_to:
        yield FieldFault("complaint.send_to", "address-lacking", "where the family sends a complaint")
    if decision.notified_at and not said.deadline:
        yield FieldFault(
            "complaint.deadline", "deadline-lacking", "the last day to complain; null only while notified_at is null"
        )
