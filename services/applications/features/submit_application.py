"""A draft is sent in: checked, frozen, addressed, told."""

from dataclasses import replace
from uuid import UUID

from services.applications.domain.application import Address, Application, require_unsent, submit
from services.applications.domain.authority import Recipient
from services.applications.domain.completeness import require_complete
from services.applications.domain.form import Form
from services.applications.domain.snapshot import digest, freeze
from services.applications.store import applications, attachments
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.applications import ApplicationSubmitted


async def submit_application(
    tx: Transaction, application_id: UUID, form: Form, recipient: Recipient, *, revision: int
) -> Application:
    """The application as sent in. From here on it never changes, whatever becomes of the profile. Raises InvalidInput naming each field."""
    draft = await applications.find(tx, application_id, lock=True)
    draft.require_applicant(tx.principal.person)
    require_complete(form, require_unsent(draft))
    if draft.revision != revision:
        raise StaleVersion(revision, draft.revision)
    organisation = recipient.organisation
    snapshot = freeze(draft, form, organisation, await attachments.of(tx, application_id), at=tx.at)
    address = Address(organisation.kind, organisation.orgnr, recipient.child_alias, recipient.protected)
    submitted = replace(submit(draft, address, snapshot, digest(snapshot), at=tx.at), form_version=form.version)
    await applications.save(tx, submitted)
    await attachments.address(tx, application_id, organisation.orgnr)
    event = ApplicationSubmitted(
        application_id=submitted.id,
        child_id=submitted.child_id,
        right_id=submitted.right_id,
        authority_kind=organisation.kind,
        authority_org=None if recipient.protected else organisation.orgnr,
        submitted_at=tx.at,
        version=submitted.version,
    )
    await tx.emit(event, version=submitted.version)
    return submitted
