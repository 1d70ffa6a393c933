"""A rule as anyone may read it: the tree as data and as text, its versions, and what is true of it for everyone."""

from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from services.rights.api.amounts import AmountView, amount_views
from services.rights.api.applying import ApplicationView, ComplaintView, StartView, complaint_view, way_for_all, way_in
from services.rights.api.conditions import LineView, lines
from services.rights.api.examples import RULE, RULE_SUMMARY
from services.rights.api.right_words import effect, notes, summary
from services.rights.api.rights import ActView, TransitionView
from services.rights.api.speech import BodyView, LawView, Speech, Sureness, View, Words
from services.rights.domain.rule import JudgedFor, Rule
from services.rights.store.rights import RightFile, TurnFile, VersionFile
from services.rights.store.trees import NodeFile

_RELATIONS = ("gives_access_to", "excludes", "reduces", "before", "see_also")


class RuleSummaryView(View):
    """A rule in a list."""

    model_config = ConfigDict(json_schema_extra={"example": RULE_SUMMARY})

    id: str = Field(max_length=100)
    href: str = Field(max_length=200)
    name: Words
    summary: Words
    kind: str = Field(max_length=40)
    area: str = Field(max_length=40)
    level: str = Field(max_length=40)
    authority: BodyView
    judged_for: JudgedFor
    confidence: Sureness
    catalog: str = Field(max_length=200, description="the right as a service description, with its sources")


class VersionView(View):
    """The days that a version is in force: `from` included, `until` not; null is open."""

    model_config = ConfigDict(populate_by_name=True)

    start: date | None = Field(alias="from")
    until: date | None
    href: str = Field(max_length=200)


class MonthRuleView(View):
    """How the right begins or ends within the month or year."""

    rule: str = Field(max_length=40)
    law: tuple[LawView, ...] = Field(max_length=20)
    confidence: Sureness
    note: Words | None


class LinkView(View):
    """Another right that this one touches, and how."""

    relation: str = Field(max_length=40)
    id: str = Field(max_length=100)
    name: Words
    href: str = Field(max_length=200)


class SourceView(View):
    """Where something was read."""

    title: str = Field(max_length=500)
    at: str = Field(max_length=500)
    as_of: str | None = Field(max_length=20)


class RuleView(RuleSummaryView):
    """A rule with all that decides, and all that is true of it for everyone."""

    model_config = ConfigDict(json_schema_extra={"example": RULE})

    on: date = Field(description="the day in Europe/Oslo that the version and the rates are for")
    valid: VersionView
    versions: list[VersionView] = Field(max_length=100)
    law: list[ActView] = Field(max_length=30)
    tree: dict[str, Any] = Field(
        description="the conditions in the form of the rule's file: all, any, not, n_of, a fact with comparators, or assess"
    )
    text: list[LineView] = Field(max_length=500, description="the same, line by line, each with its law")
    relevant_when: list[dict[str, Any]] = Field(
        max_length=20, description="orders what is shown and asked, never decides"
    )
    unverified: list[str] = Field(max_length=50, description="parts that the sources do not confirm, as paths")
    begins: MonthRuleView | None
    ends: MonthRuleView | None
    application: ApplicationView
    start: StartView | None = Field(description="the direct way in, where there is a form here; it takes a login")
    complaint: ComplaintView
    transitions: list[TransitionView] = Field(max_length=20)
    amounts: tuple[AmountView, ...] = Field(max_length=50)
    links: list[LinkView] = Field(max_length=100)
    notes: Words | None
    sources: list[SourceView] = Field(max_length=50)


def rule_summary(right_id: str, speech: Speech) -> RuleSummaryView:
    """The rule as a line of a list."""
    right = speech.book.rights[right_id]
    return RuleSummaryView(
        id=right_id,
        href=_href(right_id),
        name=speech.words(right.name),
        summary=summary(right_id, speech),
        kind=right.kind,
        area=right.area,
        level=right.level,
        authority=speech.body(right.authority),
        judged_for=right.judged_for,
        confidence=right.confidence,
        catalog=f"/catalog/v1/services/{right_id}",
    )


def rule_view(rule: Rule, day: date, speech: Speech) -> RuleView:
    """The rule in the version that is in force on the day."""
    right = speech.book.rights[rule.id]
    version = next(each for _, each in right.versions if _covers(each, day))
    return RuleView(
        **{**dict(rule_summary(rule.id, speech)), "confidence": version.confidence},
        on=day,
        valid=_version(right, version),
        versions=[_version(right, each) for _, each in right.versions],
        law=[ActView(act=each.act, ref=each.ref, sections=each.sections, read=each.read) for each in right.law],
        tree=_data(version.when),
        text=list(lines(rule.tree, day, speech)),
        relevant_when=[_data(each) for each in right.relevant_when],
        unverified=version.unverified,
        begins=_month_rule(version.begins, version, speech),
        ends=_month_rule(version.ends, version, speech),
        application=way_for_all(rule.id, speech),
        start=way_in(rule.id, speech),
        complaint=complaint_view(rule.id, speech),
        transitions=_transitions(right, speech),
        amounts=amount_views(rule.id, day, speech),
        links=_links(right, speech),
        notes=notes(rule.id, speech),
        sources=[
            SourceView(title=each.title, at=each.at, as_of=None if each.as_of is None else str(each.as_of))
            for each in right.sources
        ],
    )


def _href(right_id: str) -> str:
    return f"/rights/v1/rules/{right_id}"


def _covers(version: VersionFile, day: date) -> bool:
    start, until = version.valid.start, version.valid.until
    return (start is None or start <= day) and (until is None or day < until)


def _version(right: RightFile, version: VersionFile) -> VersionView:
    start = version.valid.start
    href = _href(right.id) + (f"?on={start}" if start else "")
    return VersionView(start=start, until=version.valid.until, href=href)


def _data(node: NodeFile) -> dict[str, Any]:
    found: dict[str, Any] = node.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return found


def _month_rule(turn: TurnFile | None, version: VersionFile, speech: Speech) -> MonthRuleView | None:
    if turn is None:
        return None
    return MonthRuleView(
        rule=turn.rule,
        law=speech.law(turn.law),
        confidence=turn.confidence or version.confidence,
        note=speech.norwegian(turn.note),
    )


def _transitions(right: RightFile, speech: Speech) -> list[TransitionView]:
    return [
        TransitionView(
            at_age=each.at_age,
            falls=each.falls,
            effect=effect(right.id, place, speech),
            confidence=each.confidence or right.confidence,
        )
        for place, each in enumerate(right.transitions)
    ]


def _links(right: RightFile, speech: Speech) -> list[LinkView]:
    found = [(relation, other) for relation in _RELATIONS for other in getattr(right.links, relation)]
    return [
        LinkView(relation=relation, id=other, name=speech.words(speech.book.rights[other].name), href=_href(other))
        for relation, other in found
    ]
