"""What the law says about complaints on a decision: how long the family has, and who decides on them."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from shared.counting import Counting, Length, counted


@dataclass(frozen=True, slots=True)
class ComplaintRule:
    """One time limit for complaints (klagefrist). Valid from a day until (not with) another; None: no such day."""

    id: str
    law: str
    length: Length | None
    counting: Counting
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is valid on the day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class StatedComplaint:
    """What a right states: the rule's id (None: there is no time limit) and the kind of organisation that decides."""

    rule: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class ComplaintLaw:
    """Everything the law's side of a complaint takes. `bodies`: each kind of organisation there is, with its name."""

    rules: Mapping[str, ComplaintRule]
    rights: Mapping[str, StatedComplaint]
    bodies: Mapping[str, Mapping[str, str]]
    holidays: Container[date]

    def rule_of(self, right_id: str, day: date) -> ComplaintRule | None:
        """The rule that the right states, where it holds on the day."""
        stated = self.rights.get(right_id)
        rule = self.rules.get(stated.rule) if stated and stated.rule else None
        return rule if rule and rule.holds_on(day) else None

    def body_of(self, right_id: str) -> str | None:
        """The kind of organisation that decides on complaints about the right."""
        stated = self.rights.get(right_id)
        return stated.body if stated else None

    def last_day(self, rule: ComplaintRule, starts: date) -> date | None:
        """The earliest last day that the law allows when the time runs from that day; None where the law gives no length."""
        found = counted(rule.length, rule.counting, starts, self.holidays)
        return found.last_day if found else None
