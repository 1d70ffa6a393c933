"""Grants: a family opens a part of what it has told, and closes it again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from services.mapping.api.desk import AtDesk
from services.mapping.api.fault_words import in_words
from services.mapping.api.grant_view import GIVING, GrantBody, GrantView, grant_view
from services.mapping.domain.law import Action
from services.mapping.features.give_grant import give_grant
from services.mapping.features.list_grants import list_grants
from services.mapping.features.read_grant import read_grant
from services.mapping.features.withdraw_grant import withdraw_grant
from shared.auth.dependencies import Citizen, CitizenOrMachine
from shared.auth.principals import Kind
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.problems import responses
from shared.web import Cursor, IdempotencyKey, Page, PageLimit, decode_cursor, encode_cursor, set_etag

router = APIRouter(prefix="/mapping/v1", tags=["grants"])


@router.get("/children/{child_id}/grants", summary="Grants for a child", responses=responses(400, 401, 403, 404, 503))
async def list_of_child(
    child_id: UUID, caller: Citizen, desk: AtDesk, cursor: Cursor = None, limit: PageLimit = 50
) -> Page[GrantView]:
    """Every grant that was given for the child, ended ones too, the oldest first. Each guardian sees the other's."""
    caller.covers(child_id, Action.GRANT_READ)
    after = _after(cursor)
    async with desk.database.begin(caller) as tx:
        found = await list_grants(tx, [child_id], organisation=None, after=after, limit=limit)
    items = [grant_view(grant, caller, desk, tx.today(), found.aliases) for grant in found.grants]
    return Page(items=items, next=encode_cursor(str(found.last)) if found.last else None)


@router.post(
    "/children/{child_id}/grants",
    status_code=201,
    summary="Give a grant",
    responses=responses(400, 401, 403, 404, 409, 413, 422, 503),
)
async def give(
    child_id: UUID,
    caller: Citizen,
    key: IdempotencyKey,
    body: Annotated[GrantBody, Body(openapi_examples=GIVING)],
    desk: AtDesk,
    response: Response,
) -> GrantView:
    """It takes effect at once. Under 16 any guardian gives it alone; every guardian, and from 12 the child, sees it and may withdraw it."""
    may = caller.covers(child_id, Action.GRANT_GIVE).groups
    with in_words(desk.language):
        async with desk.database.begin(caller) as tx:
            wanted = body.grant(tx.new_id(), child_id, caller.person, tx.at, desk)
            grant = await give_grant(tx, wanted, key=key, may=may, law=desk.knowledge.law)
    set_etag(response, grant.version)
    return grant_view(grant, caller, desk, tx.today(), {})


@router.get("/grants", summary="Your grants", responses=responses(400, 401, 403, 503))
async def list_all(
    caller: CitizenOrMachine, desk: AtDesk, cursor: Cursor = None, limit: PageLimit = 50
) -> Page[GrantView]:
    """A family's grants for all its children; an organisation's own that have not ended, with its pseudonyms of child and giver."""
    organisation, after = caller.org if caller.kind is Kind.MACHINE else None, _after(cursor)
    async with desk.database.begin(caller) as tx:
        found = await list_grants(tx, list(caller.subjects), organisation=organisation, after=after, limit=limit)
    items = [grant_view(grant, caller, desk, tx.today(), found.aliases) for grant in found.grants]
    return Page(items=items, next=encode_cursor(str(found.last)) if found.last else None)


@router.get(
    "/grants/{grant_id}",
    summary="One grant",
    response_model=GrantView,
    responses=kept_responses(401, 403, 404, 503, versioned=True),
)
async def read(grant_id: UUID, caller: CitizenOrMachine, desk: AtDesk, if_none_match: IfNoneMatch = None) -> Response:
    """As the list shows it."""
    async with desk.database.begin(caller) as tx:
        grant, aliases = await read_grant(tx, grant_id, action=Action.GRANT_READ)
    view = grant_view(grant, caller, desk, tx.today(), aliases)
    return conditional(Kept.of(view, version=view.version), desk.language, if_none_match)


@router.post(
    "/grants/{grant_id}/withdrawal",
    status_code=201,
    summary="Withdraw a grant",
    responses=responses(401, 403, 404, 503),
)
async def withdraw(grant_id: UUID, caller: Citizen, desk: AtDesk, response: Response) -> GrantView:
    """It is gone on the receiver's next request. No reason is asked; withdrawing again changes nothing."""
    async with desk.database.begin(caller) as tx:
        grant = await withdraw_grant(tx, grant_id)
    set_etag(response, grant.version)
    return grant_view(grant, caller, desk, tx.today(), {})


def _after(cursor: str | None) -> UUID | None:
    return decode_cursor(cursor, UUID)[0] if cursor else None
