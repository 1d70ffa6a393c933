"""Gathers the start page: the children first, then rights and cases of each, all at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from gateway.overview import said, texts
from gateway.overview.cases_brief import CASES, cases_brief
from gateway.overview.rights_brief import RIGHTS, VERDICTS, rights_brief
from gateway.overview.sources import Sources, route_of
from gateway.overview.views import MOST_CASES, MOST_CHILDREN, Absent, CasesBrief, ChildBrief, Overview, State
from shared.domain import NotFound, Unavailable
from shared.texts import Lang

CHILDREN = route_of("GET", "/mapping/v1/children")
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
    unknown = any(_is_away(part) for brief in briefs for part in (brief.rights, brief.cases))
    return Overview(
        state=State.PARTIAL if unknown else State.READY,
        says=_says(briefs, len(awaits), lang),
        children=briefs,
        awaits_me=awaits[:MOST_CASES],
    )


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
        died=child.died,
        ground=child.ground,
        profile_version=child.profile_version,
        href=f"/mapping/v1/children/{child.id}/profile",
        rights=_absent(of_rights, lang) if isinstance(of_rights, Fault) else rights_brief(child, of_rights, lang),
        cases=_absent(of_cases, lang) if isinstance(of_cases, Fault) else cases_brief(child, of_cases, lang),
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


def _is_away(part: object) -> bool:
    return isinstance(part, Absent) and part.state is State.UNAVAILABLE


def _says(briefs: Sequence[ChildBrief], awaits: int, lang: Lang) -> str:
    """What awaits the caller. Cases that could not be asked for are unknown, not nothing."""
    if not briefs:
        return texts.NO_CHILDREN.in_(lang)
    known = not any(_is_away(brief.cases) for brief in briefs)
    if not awaits:
        return (texts.NOTHING_AWAITS if known else texts.NOT_KNOWN).in_(lang)
    return (texts.AWAITS if known else texts.AWAITS_AND_MORE).in_(lang).format(count=awaits)
