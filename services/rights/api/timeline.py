"""What the coming birthdays, school years and rates change: every right from today on."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from services.rights.api.readers import reader_of, speech_to
from services.rights.api.right_words import effect
from services.rights.api.speech import LawView, Speech, Sureness, View, Words
from services.rights.api.timeline_example import TIMELINE
from services.rights.domain.answers import Reader
from services.rights.domain.month_rule import Falls, MonthRule, falls_on
from services.rights.domain.timeline import RightTimeline, Segment, Turn, Way
from services.rights.domain.verdict import Verdict
from services.rights.features.foresee_child import Foreseen, foresee_child
from services.rights.store.rights import RightFile, TurnFile
from shared.auth.dependencies import Citizen
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.web import Db, Language

router = APIRouter(prefix="/rights/v1/children", tags=["rights"])

Until = Annotated[
    date | None,
    Query(
        description="the last day looked at, at most 30 years on; when left out, until the child is 26, or 12 years on if that is later"
    ),
]


class SegmentView(View):
    """Days on which a right is answered alike."""

    model_config = ConfigDict(populate_by_name=True)

    start: date = Field(alias="from")
    until: date | None = Field(description="the first day it is no longer so; null: as far as was looked")
    verdict: Verdict
    missing: list[str] = Field(max_length=100, description="facts that the answer hangs on and that you may see")
    only_rare: bool = Field(description="every common way is closed; only what few ever meet is open")


class TurnView(View):
    """A day on which the answer is another. `counts_from`: the first day of what is new, by the right's own rule."""

    day: date = Field(description="the day the conditions are met, or met no more")
    before: Verdict
    after: Verdict
    rule: MonthRule | None = Field(description="the month or year rule that the right begins or ends by")
    counts_from: date | None = Field(
        description="first day with the right (begins) or without it (ends); null: an application, a decision or something unknown decides"
    )
    law: list[LawView] = Field(max_length=10)
    confidence: Sureness | None
    note: Words | None
    moved: list[str] = Field(max_length=30, description="facts that follow from the day, such as the child's age")
    ended: list[str] = Field(max_length=30, description="facts told once that are not known any more")
    rates: list[str] = Field(max_length=30)


class ComingView(View):
    """What changes at an age of the child."""

    at_age: int
    falls: Falls
    on: date = Field(description="the first day of what is new")
    effect: Words
    confidence: Sureness


class RightTimelineView(View):
    """One right from today on."""

    id: str = Field(max_length=100)
    name: Words
    segments: list[SegmentView] = Field(max_length=200)
    begins: list[TurnView] = Field(max_length=100)
    ends: list[TurnView] = Field(max_length=100)
    changes: list[TurnView] = Field(max_length=100)
    apply_from: date | None = Field(
        description="the first day there is something to apply for; null: nothing to apply for"
    )
    coming: list[ComingView] = Field(max_length=20)
    href: str = Field(max_length=200)


class ForgottenView(View):
    """A fact that was told and is not known from a day on: it will be asked again."""

    fact: str = Field(max_length=100)
    on: date


class TimelineView(View):
    """Every right from today on, and when what was told ends."""

    model_config = ConfigDict(json_schema_extra={"example": TIMELINE})

    child_id: str = Field(max_length=40)
    on: date
    until: date = Field(description="the last day looked at")
    profile_version: int = Field(ge=0, description="0: no profile has arrived yet, nothing is known")
    ask_again: list[ForgottenView] = Field(max_length=300)
    rights: list[RightTimelineView] = Field(max_length=500)


@router.get(
    "/{child_id}/timeline",
    summary="What coming birthdays change",
    response_model=TimelineView,
    responses=kept_responses(400, 401, 403, 404, 422, 503),
)
async def read_timeline(
    child_id: UUID,
    caller: Citizen,
    database: Db,
    lang: Language,
    until: Until = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Each right from today on: what begins, ends and changes on which day and by which law, from when to apply, and which answers will not last."""
    reader = reader_of(child_id, caller)
    async with database.begin(caller) as tx:
        found = await foresee_child(tx, child_id, reader, until=until)
    speech = speech_to(reader, lang)
    view = TimelineView(
        child_id=str(child_id),
        on=found.on,
        until=found.until,
        profile_version=found.profile_version,
        ask_again=[ForgottenView(fact=fact, on=day) for fact, day in found.ends.items()],
        rights=[_right(each, found, reader, speech) for each in found.to_show()],
    )
    return conditional(Kept.of(view), lang, if_none_match)


def _right(each: RightTimeline, found: Foreseen, reader: Reader, speech: Speech) -> RightTimelineView:
    file = speech.book.rights[each.right]
    turns = {way: [_turn(turn, file, speech) for turn in each.turns if turn.way is way] for way in Way}
    return RightTimelineView(
        id=each.right,
        name=speech.words(file.name),
        segments=[_segment(segment, reader, speech) for segment in each.segments],
        begins=turns[Way.BEGINS],
        ends=turns[Way.ENDS],
        changes=turns[Way.CHANGES],
        apply_from=each.apply_from,
        coming=list(_coming(file, found, speech)),
        href=f"/rights/v1/children/{found.child_id}/rights/{each.right}",
    )


def _segment(segment: Segment, reader: Reader, speech: Speech) -> SegmentView:
    """What is not open to the reader is not named."""
    judgement, vocabulary = segment.judgement, speech.book.vocabulary
    return SegmentView(
        start=segment.start,
        until=segment.until,
        verdict=judgement.verdict,
        missing=sorted(fact for fact in judgement.missing if reader.sees(vocabulary[fact])),
        only_rare=judgement.only_rare,
    )


def _turn(turn: Turn, file: RightFile, speech: Speech) -> TurnView:
    said = {Way.BEGINS: file.begins, Way.ENDS: file.ends}.get(turn.way)
    return TurnView(
        day=turn.day,
        before=turn.before,
        after=turn.after,
        rule=turn.rule,
        counts_from=turn.counts_from,
        moved=sorted(turn.moved.facts),
        ended=sorted(turn.moved.ended),
        rates=sorted(turn.moved.rates),
        **_grounds(said, file, speech),
    )


def _grounds(said: TurnFile | None, file: RightFile, speech: Speech) -> dict[str, Any]:
    """The law that the day rests on, where the right names one."""
    if said is None:
        return {"law": [], "confidence": None, "note": None}
    return {
        "law": list(speech.law(said.law)),
        "confidence": said.confidence or file.confidence,
        "note": speech.norwegian(said.note),
    }


def _coming(file: RightFile, found: Foreseen, speech: Speech) -> list[ComingView]:
    birth = found.told.known.get("birth_date")
    if not isinstance(birth, date):
        return []
    school_year = speech.book.lasting.school_year
    days = [
        (place, each, falls_on(each.falls, birth, each.at_age, school_year))
        for place, each in enumerate(file.transitions)
    ]
    return [
        ComingView(
            at_age=each.at_age,
            falls=each.falls,
            on=day,
            effect=effect(file.id, place, speech),
            confidence=each.confidence or file.confidence,
        )
        for place, each, day in sorted(days, key=lambda found: found[2])
        if found.on < day <= found.until
    ]
