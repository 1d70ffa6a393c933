"""The applicant's own answers and words in a draft."""

from uuid import UUID

from services.applications.domain.answer import Changes
from services.applications.domain.application import Application, change
from services.applications.domain.fill_in import fill_in
from services.applications.domain.form import Form
from services.applications.store import applications
from shared.db.transaction import Transaction
from shared.domain import StaleVersion


async def change_application(
    tx: Transaction, application_id: UUID, changes: Changes, form: Form, *, revision: int
) -> Application:
    """The changed draft. It stays in this application; the profile is not touched. All or nothing."""
    application = await applications.find(tx, application_id, lock=True)
    application.require_applicant(tx.principal.person)
    if application.revision != revision:
        raise StaleVersion(revision, application.revision)
    content = fill_in(application.require_draft(), changes, form, speaker=tx.principal.person, at=tx.at)
    changed = change(application, content, form_version=form.version, at=tx.at)
    await applications.save(tx, changed)
    return changed
