"""What was judged for a child, or for one guardian of the child, whether an answer changed since last time, and when to look again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.rights.domain.profile import Statements
from services.rights.domain.situation import Said
from services.rights.domain.timeline import Course, RightTimeline, timeline
from services.rights.domain.told import Law, Told
from services.rights.domain.verdict import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The facts that were judged, of the child (`applicant_id` None) or of one guardian. `version` counts the times an answer changed.

    `digest` is of what a family is told: the verdicts, and those that change soon. `pack`: the rules it was judged by. `judged_on`: the day
    it was judged for; `wakes_on`: the Monday of the week in which there may be something new, not the day, which would be a birthday.
    """

    id: UUID
    child_id: UUID
    applicant_id: UUID | None
    version: int
    profile_version: int
    as_of: datetime
    statements: Statements
    digest: str
    pack: str = ""
    judged_on: date | None = None
    wakes_on: date | None = None

    @property
    def owner_id(self) -> UUID:
        """Whose facts these are."""
        return self.applicant_id or self.child_id

    def renewed_by(self, newer: "Assessment") -> "Assessment":
        """The same assessment with what was judged now; its own version moves only when an answer changed."""
        return replace(newer, id=self.id, version=self.version + (newer.digest != self.digest))


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many days ahead a change is told of, and after how many days an assessment is looked at in any case."""

    told: timedelta
    at_the_latest: timedelta


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of each right on the day, its digest with what changes soon, and the week to look again in."""

    judgements: Mapping[str, Judgement]
    digest: str
    wakes_on: date


def told_by(statements: Iterable[Statements], told_on: date) -> Told:
    """What is known of the child and, where given, of one guardian, as one. `told_on`: for what does not say when it was said."""
    every = tuple(statements)
    known = {fact: value for each in every for fact, value in each.known.items()}
    said: dict[str, Said] = {fact: said for each in every for fact, said in each.said.items()}
    return Told(
        known=known,
        told_on=told_on,
        said=said,
        conflicts=frozenset(fact for each in every for fact in each.conflicts),
        not_known=frozenset(fact for each in every for fact in each.not_known),
    )


def judged(law: Law, told: Told, *, of_guardian: bool, on: date, ahead: Ahead) -> Judged:
    """The rights of the child, or those that rest on one guardian and that guardian's home."""
    until = on + ahead.at_the_latest + ahead.told
    rules = {**law.rules_on(until), **law.rules_on(on)}
    courses = {right: Course() for right, rule in sorted(rules.items()) if rule.per_guardian is of_guardian}
    found = timeline(law, told, courses, on=on, until=until)
    return Judged(
        judgements={each.right: each.on(on) for each in found},
        digest=_digest(found, on, ahead),
        wakes_on=week_of(min([on + ahead.at_the_latest, *_news(found, on, ahead)])),
    )


def week_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _digest(found: Iterable[RightTimeline], on: date, ahead: Ahead) -> str:
    """The same for the same verdicts and the same changes told of, else different."""
    lines = [f"{each.right}={each.on(on).verdict}" for each in found]
    for each in found:
        lines += [f"{each.right}@{day}={verdict}" for day, verdict in _told_of(each, on + ahead.told)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _told_of(each: RightTimeline, last: date) -> Iterator[tuple[date, str]]:
    """The changes up to the day that a family is told of: not that it will be asked again."""
    yield from ((turn.day, turn.after) for turn in each.turns if turn.day <= last and not turn.moved.only_forgotten)


def _news(found: Iterable[RightTimeline], on: date, ahead: Ahead) -> Iterator[date]:
    """The days after today on which the digest can be another: a verdict changes, or a change comes near."""
    for each in found:
        before = each.segments[0].judgement.verdict
        for segment in each.segments[1:]:
            if segment.judgement.verdict is not before:
                yield from (day for day in (segment.start - ahead.told, segment.start) if day > on)
            before = segment.judgement.verdict
