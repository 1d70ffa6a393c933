"""GET /overview: a front-end's start page in one call."""

from fastapi import APIRouter, Request

from gateway.overview.gather import gather
from gateway.overview.sources import Sources, route_of
from gateway.overview.views import Overview
from shared.problems import responses
from shared.texts import Lang

ROUTE = route_of("GET", "/overview")
router = APIRouter()


@router.get(
    ROUTE.template,
    summary="Your start page",
    response_model_exclude_none=True,
    responses=responses(401, 403, 503),
    openapi_extra={"x-access": ROUTE.access.value, "x-action": ROUTE.action},
)
async def overview(request: Request) -> Overview:
    """Your children, their rights in brief, the open cases and what awaits you, in one call. A part whose service is away says so."""
    scope, lang = request.scope, Lang(request.scope["somlos.lang"])
    sources = Sources(request.app.state.inside, scope["somlos.caller"], lang, scope["somlos.request_id"])
    return await gather(sources, lang)
