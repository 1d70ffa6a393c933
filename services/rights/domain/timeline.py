"""What the coming days change: each right judged once between two breakpoints, and what begins, ends and changes there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise

from services.rights.domain.breakpoints import Moved, breakpoints
from services.rights.domain.month_rule import MonthRule, SchoolYear, begins, ends
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.told import Law, Told, situation_on
from services.rights.domain.verdict import Judgement, Verdict, judge

_CLOSED = frozenset({Verdict.UNLIKELY, Verdict.NOT_RELEVANT})
_STILL = Moved()
_NO_RULE = Judgement(Verdict.NOT_RELEVANT)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days on which a right is judged alike: from `start`, until `until` (not included; None: as far as was looked). `moved`: what came
    with the first of them."""

    start: date
    until: date | None
    judgement: Judgement
    moved: Moved = _STILL

    @property
    def is_open(self) -> bool:
        """Whether the right may be had."""
        return self.judgement.verdict not in _CLOSED


class Way(StrEnum):
    """Which way a right turns."""

    BEGINS = "begins"
    ENDS = "ends"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which the verdict is another. `counts_from`: the first day of what is new, by the right's own rule; None when an application, a
    decision or something unknown decides."""

    way: Way
    day: date
    before: Verdict
    after: Verdict
    moved: Moved
    rule: MonthRule | None = None
    counts_from: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What a right itself says of time: the rule by which it begins and ends, and whether it is applied for."""

    begins: MonthRule | None = None
    ends: MonthRule | None = None
    is_applied_for: bool = False


@dataclass(frozen=True, slots=True)
class RightTimeline:
    """One right from the first day to the last."""

    right: str
    segments: tuple[Segment, ...]
    turns: tuple[Turn, ...]
    apply_from: date | None

    def on(self, day: date) -> Judgement:
        """What is said of the day, which must be one of those looked at."""
        return next(each.judgement for each in reversed(self.segments) if each.start <= day)


def timeline(
    law: Law, told: Told, courses: Mapping[str, Course], *, on: date, until: date
) -> tuple[RightTimeline, ...]:
    """The rights that `courses` names, each from `on` up to and with `until`."""
    forgotten = law.lasting.ends(told.known, told.said, told.told_on)

    @cache
    def situation(day: date) -> Situation:
        return situation_on(law, told, day, forgotten)

    def of(right: str, course: Course) -> RightTimeline:
        points = breakpoints(right, law, told, forgotten, until)
        days = [(on, _STILL), *((day, moved) for day, moved in points.items() if day > on)]
        segments = tuple(_merged(_judged(right, law, situation, days)))
        turns = tuple(_turns(segments, course, law.lasting.school_year))
        return RightTimeline(right, segments, turns, _apply_from(segments, turns) if course.is_applied_for else None)

    return tuple(of(right, course) for right, course in courses.items())


def _judged(
    right: str, law: Law, situation: Callable[[date], Situation], days: Iterable[tuple[date, Moved]]
) -> Iterator[Segment]:
    for day, moved in days:
        rule: Rule | None = law.rules_on(day).get(right)
        yield Segment(day, None, judge(rule, situation(day), law.vocabulary) if rule else _NO_RULE, moved)


def _merged(segments: Iterable[Segment]) -> list[Segment]:
    """Neighbours that say the same become one."""
    found: list[Segment] = []
    for each in segments:
        if not found or _says(found[-1]) != _says(each):
            found.append(each)
    ended = [Segment(one.start, next_.start, one.judgement, one.moved) for one, next_ in pairwise(found)]
    return [*ended, *found[-1:]]


def _says(segment: Segment) -> tuple[object, ...]:
    found = segment.judgement
    return found.verdict, found.missing, found.from_register, found.only_rare


def _turns(segments: tuple[Segment, ...], course: Course, school_year: SchoolYear) -> Iterator[Turn]:
    for before, after in pairwise(segments):
        if before.judgement.verdict is after.judgement.verdict or not (before.is_open or after.is_open):
            continue
        way, day = _way(before, after), after.start
        rule, counts = None, None
        if way is Way.BEGINS:
            rule = course.begins or MonthRule.UNKNOWN
            counts = begins(rule, day, school_year)
        elif way is Way.ENDS:
            rule = course.ends or MonthRule.UNKNOWN
            counts = ends(rule, day, school_year, whole=not after.moved.is_birthday)
        yield Turn(way, day, before.judgement.verdict, after.judgement.verdict, after.moved, rule, counts)


def _way(before: Segment, after: Segment) -> Way:
    """A right that opens only because something is not known any more does not begin."""
    if before.is_open and not after.is_open:
        return Way.ENDS
    if after.is_open and not before.is_open and not after.moved.only_forgotten:
        return Way.BEGINS
    return Way.CHANGES


def _apply_from(segments: tuple[Segment, ...], turns: Iterable[Turn]) -> date | None:
    """The first day on which there is something to apply for; None for what never begins."""
    if segments[0].is_open:
        return segments[0].start
    return next((turn.day for turn in turns if turn.way is Way.BEGINS), None)
