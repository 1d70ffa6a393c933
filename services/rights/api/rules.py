"""The rules themselves, for anyone: a list, and each rule as data and as text that can be read."""

from datetime import date
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.rights.api.rule_views import RuleSummaryView, RuleView, rule_summary, rule_view
from services.rights.api.speech import speech_in
from services.rights.api.told_facts import EARLIEST, LATEST
from services.rights.domain.errors import UnknownRight
from services.rights.store.rulebook import rulebook
from shared.auth.dependencies import Anyone
from shared.clock import Clock
from shared.conditional import PUBLIC, IfNoneMatch, Kept, conditional, kept_responses
from shared.dates import oslo_day
from shared.domain import FieldFault
from shared.problems import Malformed
from shared.texts import Lang
from shared.web import MAX_PAGE, Cursor, Language, Page, PageLimit, Slug, decode_cursor, encode_cursor

router = APIRouter(prefix="/rights/v1/rules", tags=["rights"])
_KEPT = 600
On = Annotated[
    date | None,
    Query(description="the version in force on this day, and the rates of it; today in Europe/Oslo when left out"),
]


@router.get("", summary="Rules", response_model=Page[RuleSummaryView], responses=kept_responses(400, 422))
async def list_rules(
    caller: Anyone, lang: Language, cursor: Cursor, limit: PageLimit = MAX_PAGE, if_none_match: IfNoneMatch = None
) -> Response:
    """Every rule in the newest version, ordered by id."""
    after = decode_cursor(cursor, str)[0] if cursor else ""
    found = [right_id for right_id in sorted(rulebook().rights) if right_id > after]
    page = [rule_summary(right_id, speech_in(lang)) for right_id in found[:limit]]
    more = encode_cursor(page[-1].id) if len(found) > limit else None
    return conditional(Kept.of(Page(items=page, next=more)), lang, if_none_match, cache=PUBLIC)


@router.get("/{right_id}", summary="One rule", response_model=RuleView, responses=kept_responses(400, 404, 422))
async def read_rule(
    right_id: Slug,
    caller: Anyone,
    request: Request,
    lang: Language,
    on: On = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The whole rule: its tree as data and as text with the law beside each line, its versions, how to apply and complain, and what it links to.
    404 too when the right did not exist on the day."""
    clock: Clock = request.app.state.clock
    day = on or oslo_day(clock.now())
    if not EARLIEST <= day <= LATEST:
        raise Malformed(FieldFault("on", "out-of-range", f"a day from {EARLIEST} to {LATEST}", got=str(day)))
    return conditional(_kept(right_id, day, lang), lang, if_none_match, cache=PUBLIC)


@lru_cache(maxsize=_KEPT)
def _kept(right_id: str, day: date, lang: Lang) -> Kept:
    rule = rulebook().rules_on(day).get(right_id)
    if rule is None:
        raise UnknownRight
    return Kept.of(rule_view(rule, day, speech_in(lang)))
