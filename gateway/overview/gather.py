"""Gathers the start page: the children first, then rights and cases of each, all at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from gateway.overview import said, texts
from gateway.overview.sources import Sources, route_of
from gateway.overview.views import (
    MOST_CASES,
    MOST_CHILDREN,
    MOST_RIGHTS,
    Absent,
    CaseBrief,
    CasesBrief,
    ChildBrief,
    Overview,
    RightBrief,
    RightCounts,
    RightsBrief,
    State,
    Task,
)
from shared.domain import NotFound, Unavailable
from shared.texts import Lang

CHILDREN = route_of("GET", "/mapping/v1/children")
RIGHTS = route_of("GET", "/rights/v1/children/{child_id}")
CASE = route_of("GET", "/status/v1/cases/{case_id}")
CASES = route_of("GET", "/status/v1/children/{child_id}/overview")
# Most worth looking at first; the other verdicts are left out of the start page.
VERDICTS = ("likely", "possible_missing_facts", "must_be_assessed")
FIRST = ("likely", "possible_missing_facts")
ME = "family"
_QUERY = "?" + "&".join(f"verdict={verdict}" for verdict in VERDICTS)
_ALL = "?limit=100"
Fault = NotFound | Unavailable
Got = TypeVar("Got")


async def gather(sources: Sources, lang: Lang) -> Overview:
    """The whole page. Raises Unavailable when mapping is away, since nothing can be decided then."""
    children, rights, cases = await asyncio.gather(
        _children(sources), _tried(sources.token(RIGHTS)), _tried(sources.token(CASES))
    )
    briefs = await asyncio.gather(*(_brief(sources, child, rights, cases, lang) for child in children))
    awaits = [task for brief in briefs if isinstance(brief.cases, CasesBrief) for task in brief.cases.awaits_me]
    return Overview(says=_awaits(awaits, lang), children=briefs, awaits_me=awaits[:MOST_CASES])


async def _children(sources: Sources) -> Sequence[said.Child]:
    """The caller's children; none for someone mapping does not know."""
    try:
        token = await sources.token(CHILDREN)
        return (await sources.read(CHILDREN, token, said.Children, {})).items[:MOST_CHILDREN]
    except NotFound:
        return ()


async def _brief(
    sources: Sources, child: said.Child, rights: str | Fault, cases: str | Fault, lang: Lang
) -> ChildBrief:
    values = {"child_id": child.id}
    of_rights, of_cases = await asyncio.gather(
        _asked(rights, lambda token: sources.read(RIGHTS, token, said.Rights, values, _QUERY)),
        _asked(cases, lambda token: sources.read(CASES, token, said.Cases, values, _ALL)),
    )
    return ChildBrief(
        id=child.id,
        name=child.name,
        age=child.age,
        ground=child.ground,
        profile_version=child.profile_version,
        href=f"/mapping/v1/children/{child.id}/profile",
        rights=_absent(of_rights, lang) if isinstance(of_rights, Fault) else _rights(child.id, of_rights, lang),
        cases=_absent(of_cases, lang) if isinstance(of_cases, Fault) else _cases(child.id, of_cases, lang),
    )


async def _asked(token: str | Fault, ask: Callable[[str], Awaitable[Got]]) -> Got | Fault:
    """What a service says, or why it says nothing."""
    return token if isinstance(token, Fault) else await _tried(ask(token))


async def _tried(asking: Awaitable[Got]) -> Got | Fault:
    try:
        return await asking
    except (NotFound, Unavailable) as fault:
        return fault


def _absent(fault: Fault, lang: Lang) -> Absent:
    match fault:
        case NotFound():
            return Absent(state=State.CLOSED, says=texts.CLOSED.in_(lang))
        case Unavailable():
            return Absent(state=State.UNAVAILABLE, says=texts.UNAVAILABLE.in_(lang))


def _rights(child: str, rights: said.Rights, lang: Lang) -> RightsBrief:
    count = Counter(right.verdict for right in rights.rights)
    counts = RightCounts(**{verdict: count[verdict] for verdict in VERDICTS})
    first = [right for verdict in FIRST for right in rights.rights if right.verdict == verdict][:MOST_RIGHTS]
    href = RIGHTS.path({"child_id": child})
    return RightsBrief(
        says=_says(rights, counts, lang),
        profile_version=rights.based_on.profile_version,
        counts=counts,
        first=[
            RightBrief(
                id=right.id,
                name=right.name,
                verdict=right.verdict,
                missing=len(right.missing),
                href=f"{href}/rights/{right.id}",
            )
            for right in first
        ],
        href=href,
    )


def _says(rights: said.Rights, counts: RightCounts, lang: Lang) -> str:
    if not rights.based_on.profile_version:
        return texts.NOTHING_TOLD.in_(lang)
    return texts.RIGHTS.in_(lang).format(
        likely=counts.likely, possible=counts.possible_missing_facts, assessed=counts.must_be_assessed
    )


def _cases(child: str, cases: said.Cases, lang: Lang) -> CasesBrief:
    still_open = [case for case in cases.items if case.open][:MOST_CASES]
    return CasesBrief(
        says=texts.OPEN_CASES.in_(lang).format(open=len(still_open)) if still_open else texts.NO_CASES.in_(lang),
        open=[
            CaseBrief(
                id=case.id,
                title=case.right.name,
                status=case.status_text,
                authority=case.authority.name,
                next=case.awaited.text,
                href=CASE.path({"case_id": case.id}),
            )
            for case in still_open
        ],
        awaits_me=[
            Task(
                child_id=child,
                case_id=case.id,
                title=case.right.name,
                says=case.awaited.text,
                href=CASE.path({"case_id": case.id}),
            )
            for case in still_open
            if case.awaited.whom == ME
        ],
        href=CASES.path({"child_id": child}),
    )


def _awaits(tasks: Sequence[Task], lang: Lang) -> str:
    return texts.AWAITS.in_(lang).format(count=len(tasks)) if tasks else texts.NOTHING_AWAITS.in_(lang)
