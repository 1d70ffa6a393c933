"""What municipalities have published, open to everyone: their own rights, and their own versions of the country's."""

from typing import Annotated

from fastapi import APIRouter, Path

from services.rights.api.local_rule_view import PublishedRuleView, published_view
from services.rights.store import local_rules
from shared.auth.dependencies import Anyone
from shared.problems import responses
from shared.web import Cursor, Db, Page, PageLimit, decode_cursor, encode_cursor

router = APIRouter(prefix="/rights/v1/municipalities", tags=["local rules"])
Kommunenummer = Annotated[str, Path(pattern=r"^\d{4}$", max_length=4, examples=["3403"])]


@router.get(
    "/{municipality}/rules", summary="The local rules of a municipality", responses=responses(400, 404, 422, 503)
)
async def list_published(
    municipality: Kommunenummer, caller: Anyone, database: Db, cursor: Cursor, limit: PageLimit = 50
) -> Page[PublishedRuleView]:
    """Every version that was published, the ended ones too, by right and number. A municipality without any has an empty list."""
    after = decode_cursor(cursor, str, int) if cursor else None
    async with database.begin(caller) as tx:
        found = await local_rules.of_municipality(
            tx, municipality, after=(after[0], after[1]) if after else None, limit=limit + 1
        )
    page, more = found[:limit], len(found) > limit
    last = page[-1] if more else None
    return Page(
        items=[published_view(each) for each in page],
        next=encode_cursor(last.right_id, last.number or 0) if last else None,
    )
