"""Public service descriptions: list and get."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Query, Request, Response

from services.catalog.api.descriptions import ServiceView, SummaryView, description, summary
from services.catalog.api.speech import speech_in
from services.catalog.domain.condition import open_at
from services.catalog.domain.errors import UnknownService
from services.catalog.store.catalogue import catalogue
from services.catalog.store.services import Area, Level, ServiceFile
from shared.auth.dependencies import Anyone
from shared.clock import Clock
from shared.conditional import PUBLIC, IfNoneMatch, Kept, conditional, kept_responses
from shared.dates import oslo_day
from shared.texts import Lang
from shared.web import Cursor, Language, Page, PageLimit, Slug, decode_cursor, encode_cursor

router = APIRouter(prefix="/catalog/v1/services", tags=["catalog"])
_KEPT = 600
AreaFilter = Annotated[Area | None, Query(description="what it is about: " + ", ".join(get_args(Area)))]
LevelFilter = Annotated[Level | None, Query(description="who is responsible: " + ", ".join(get_args(Level)))]
AuthorityFilter = Annotated[
    str | None, Query(pattern="^[a-z_]{1,40}$", description="the id of an authority, such as nav")
]
AgeFilter = Annotated[
    int | None, Query(ge=0, le=120, description="only what is not closed at this age, in whole years")
]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None is no limit."""

    area: Area | None
    level: Level | None
    authority: str | None
    age: int | None

    def take(self, service: ServiceFile) -> bool:
        """Whether the service is among those asked for."""
        wanted = (self.area, service.area), (self.level, service.level), (self.authority, service.authority)
        right_age = self.age is None or open_at(catalogue().conditions[service.id], self.age)
        return right_age and all(asked in (None, has) for asked, has in wanted)


async def _filters(
    area: AreaFilter = None, level: LevelFilter = None, authority: AuthorityFilter = None, age: AgeFilter = None
) -> Filters:
    return Filters(area, level, authority, age)


Wanted = Annotated[Filters, Depends(_filters)]


@router.get("", summary="Services", response_model=Page[SummaryView], responses=kept_responses(400, 422))
async def list_services(
    caller: Anyone,
    wanted: Wanted,
    lang: Language,
    cursor: Cursor,
    limit: PageLimit = 50,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Every service, benefit, right, aid, scheme and protection for the group, ordered by id."""
    after = decode_cursor(cursor, str)[0] if cursor else ""
    found = [each for each in catalogue().services.values() if each.id > after and wanted.take(each)]
    page = [summary(each, speech_in(lang)) for each in found[:limit]]
    more = encode_cursor(page[-1].id) if len(found) > limit else None
    return conditional(Kept.of(Page(items=page, next=more)), lang, if_none_match, cache=PUBLIC)


@router.get("/{service_id}", summary="One service", response_model=ServiceView, responses=kept_responses(400, 404, 422))
async def read_service(
    service_id: Slug, caller: Anyone, request: Request, lang: Language, if_none_match: IfNoneMatch = None
) -> Response:
    """A service with its law, its sources, how sure all of it is, and the amounts of the day."""
    clock: Clock = request.app.state.clock
    return conditional(_kept(service_id, oslo_day(clock.now()), lang), lang, if_none_match, cache=PUBLIC)


@lru_cache(maxsize=_KEPT)
def _kept(service_id: str, day: date, lang: Lang) -> Kept:
    service = catalogue().services.get(service_id)
    if service is None:
        raise UnknownService
    return Kept.of(description(service, day, speech_in(lang)))
