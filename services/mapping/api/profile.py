"""The child's profile: what is known, who said it, and telling more."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from services.mapping.api.desk import AtDesk
from services.mapping.api.fault_words import in_words
from services.mapping.api.profile_view import TELLING, ChangeBody, ChangeView, ProfileView, fact_view
from services.mapping.domain.access import Asker, Citizen, Organisation
from services.mapping.domain.changes import Change
from services.mapping.features.change_profile import change_profile
from services.mapping.features.read_profile import read_profile
from shared.auth.dependencies import CitizenOrMachine
from shared.auth.principals import Kind, Principal
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.problems import responses
from shared.web import IfMatch, set_etag

router = APIRouter(prefix="/mapping/v1/children/{child_id}/profile", tags=["profile"])


@router.get(
    "",
    summary="What is known of the child",
    response_model=ProfileView,
    responses=kept_responses(401, 403, 404, 503, versioned=True),
)
async def read(child_id: UUID, caller: CitizenOrMachine, desk: AtDesk, if_none_match: IfNoneMatch = None) -> Response:
    """Facts told and of the register, in the groups that you may see. A guardian never sees the other guardian's own facts."""
    groups = caller.covers(child_id, "profile.read").groups
    async with desk.database.begin(caller) as tx:
        shown = await read_profile(
            tx, child_id, _asker(caller), groups, law=desk.knowledge.law, vocabulary=desk.knowledge.vocabulary
        )
    reading = shown.reading
    lines = sorted(reading.lines, key=lambda line: (line.kind, line.fact, str(line.guardian)))
    facts = [fact_view(line, caller, desk, shown.aliases) for line in lines]
    view = ProfileView(
        child_id=caller.shown(child_id), version=reading.version, register_as_of=reading.as_of, facts=facts
    )
    return conditional(Kept.of(view, version=view.version), desk.language, if_none_match)


@router.patch(
    "", summary="Tell, correct or take back", responses=responses(400, 401, 403, 404, 412, 413, 422, 428, 503)
)
async def change(
    child_id: UUID,
    caller: CitizenOrMachine,
    if_match: IfMatch,
    body: Annotated[ChangeBody, Body(openapi_examples=TELLING)],
    desk: AtDesk,
    response: Response,
) -> ChangeView:
    """Each entry is a value, "vet ikke" (not_known) or taken back (withdrawn). All or nothing; earlier answers stay in the history."""
    groups = caller.covers(child_id, "profile.write").groups
    entries = [entry.entry() for entry in body.facts]
    wanted = Change(child=child_id, asker=_asker(caller), groups=groups, entries=entries, version=if_match)
    with in_words(desk.language):
        async with desk.database.begin(caller) as tx:
            version = await change_profile(tx, wanted, law=desk.knowledge.law, vocabulary=desk.knowledge.vocabulary)
    set_etag(response, version)
    return ChangeView(child_id=caller.shown(child_id), version=version)


def _asker(caller: Principal) -> Asker:
    return Citizen(caller.person) if caller.kind is Kind.CITIZEN else Organisation(caller.org or "")
