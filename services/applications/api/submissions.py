"""Sending an application in, and taking it back."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.applications.api.application_view import ApplicationView
from services.applications.api.desk import AtDesk
from services.applications.api.reading import SUBMIT, shown
from services.applications.clients.mapping import ROUTE
from services.applications.domain.applicant import require_may_apply
from services.applications.domain.application import require_unsent
from services.applications.domain.authority import Recipient, route
from services.applications.domain.completeness import require_complete
from services.applications.features.submit_application import submit_application
from services.applications.features.withdraw_application import withdraw_application
from services.applications.store import applications, handlings
from shared.auth.dependencies import Citizen
from shared.dates import oslo_day
from shared.db.idempotency import remember, remembered
from shared.problems import responses
from shared.web import IdempotencyKey, IfMatch, check_match, etag

router = APIRouter(prefix="/applications/v1/applications/{application_id}", tags=["applications"])
CREATED = 201


@router.post(
    "/submission", status_code=201, summary="Send in", responses=responses(400, 401, 403, 404, 409, 412, 422, 428, 503)
)
async def submit(
    application_id: UUID, caller: Citizen, desk: AtDesk, key: IdempotencyKey, if_match: IfMatch, response: Response
) -> ApplicationView:
    """Checked against the form, frozen, and sent to whoever decides where the child lives. A fault names each field."""
    async with desk.database.begin(caller) as tx:
        sent = await remembered(tx, key)
        draft = await applications.find(tx, application_id)
        ground = caller.covers(draft.child_id, SUBMIT).ground
        handling = await handlings.of(tx, draft)
        await tx.reads(draft.child_id, "application")
    if sent:
        return shown(draft, caller, SUBMIT, desk, response, handling=handling)
    draft.require_applicant(caller.person)
    content = require_unsent(draft)
    check_match(if_match, draft.revision)
    form = desk.form_of(draft)
    with desk.speech.faults():
        require_complete(form, content)
    profile = await desk.mapping.profile(draft.child_id, purpose=ROUTE)
    require_may_apply(form, ground, profile.age_on(oslo_day(desk.database.clock.now())))
    organisation = route(form.authority, profile.kommunenummer, desk.shelf.organisations)
    alias = await desk.mapping.pseudonym(organisation.orgnr, draft.child_id)
    recipient = Recipient(organisation, alias, profile.protected)
    async with desk.database.begin(caller) as tx:
        if await remembered(tx, key):  # the same request has come in a second time meanwhile, and was quicker
            submitted = await applications.find(tx, application_id)
        else:
            submitted = await submit_application(tx, application_id, form, recipient, revision=if_match)
            await remember(tx, key, resource_id=str(submitted.id), status=CREATED, etag=etag(submitted.revision))
    return shown(submitted, caller, SUBMIT, desk, response, handling=handling)


@router.post(
    "/withdrawal", status_code=201, summary="Withdraw", responses=responses(400, 401, 403, 404, 409, 412, 428, 503)
)
async def withdraw(
    application_id: UUID, caller: Citizen, desk: AtDesk, if_match: IfMatch, response: Response
) -> ApplicationView:
    """Takes the application back, as long as it is not decided. A draft loses what it held."""
    async with desk.database.begin(caller) as tx:
        found = await applications.find(tx, application_id)
        caller.covers(found.child_id, SUBMIT)
        withdrawn = await withdraw_application(tx, application_id, revision=if_match)
        handling = await handlings.of(tx, withdrawn)
        await tx.reads(withdrawn.child_id, "application")
    return shown(withdrawn, caller, SUBMIT, desk, response, handling=handling)
