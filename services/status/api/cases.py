"""The overview of a child's cases, and one case with its timeline."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.status.api.case_view import CaseSummary, CaseView, Followed, summary_of, view_of
from services.status.api.desk import AtDesk
from services.status.store import cases, complaints
from shared.auth.dependencies import Citizen
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.problems import responses
from shared.web import Cursor, Page, PageLimit, decode_cursor, encode_cursor, moment

router = APIRouter(prefix="/status/v1", tags=["cases"])
READ = "case.read"


@router.get("/children/{child_id}/overview", summary="A child's cases", responses=responses(400, 401, 403, 404, 503))
async def overview(
    child_id: UUID, caller: Citizen, desk: AtDesk, cursor: Cursor, limit: PageLimit = 50
) -> Page[CaseSummary]:
    """Every case over all agencies, newest first: where it stands, whose move it is, what the law says about the answer, and how to complain."""
    protected = caller.covers(child_id, READ).protected
    after = decode_cursor(cursor, moment, UUID) if cursor else None
    async with desk.database.begin(caller) as tx:
        found = await cases.of_child(tx, child_id, after=after, limit=limit + 1)
        complained = await complaints.of_cases(tx, [each.id for each in found])
        await tx.reads(child_id, "cases")
        today = tx.today()
    page = found[:limit]
    last = page[-1] if len(found) > limit else None
    followed = [Followed(case, [each for each in complained if each.case_id == case.id]) for case in page]
    items = [summary_of(each, desk.law, desk.speech, today=today, protected=protected) for each in followed]
    return Page(items=items, next=encode_cursor(last.submitted_at.isoformat(), str(last.id)) if last else None)


@router.get(
    "/cases/{case_id}",
    summary="One case",
    response_model=CaseView,
    responses=kept_responses(401, 403, 404, 503),
)
async def read_case(case_id: UUID, caller: Citizen, desk: AtDesk, if_none_match: IfNoneMatch = None) -> Response:
    """The case with every step since it was sent, its decision and the right to complain. What an application said is read at the applications service, by the same id."""
    async with desk.database.begin(caller) as tx:
        case = await cases.find(tx, case_id)
        protected = caller.covers(case.child_id, READ).protected
        complained = await complaints.of_cases(tx, [case_id])
        await tx.reads(case.child_id, "case")
        today = tx.today()
    view = view_of(Followed(case, complained), desk.law, desk.speech, today=today, protected=protected)
    return conditional(Kept.of(view), desk.speech.lang, if_none_match)
