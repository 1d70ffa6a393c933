"""A new draft, filled in with what is known already."""

from services.applications.domain.applicant import Relation
from services.applications.domain.application import Application, Content, Status
from services.applications.domain.form import Form
from services.applications.domain.prefill import prefill
from services.applications.domain.profile import Profile
from services.applications.store import applications
from shared.db.transaction import Transaction


async def start_application(tx: Transaction, form: Form, profile: Profile, relation: Relation) -> Application:
    """The stored draft. Nobody is told of a draft: it is its applicant's own until it is sent in."""
    applicant = tx.principal.person
    draft = Application(
        id=tx.new_id(),
        child_id=profile.child_id,
        applicant_id=applicant,
        relation=relation,
        form_id=form.id,
        form_version=form.version,
        right_id=form.right_id,
        status=Status.DRAFT,
        revision=1,
        version=0,
        created_at=tx.at,
        changed_at=tx.at,
        content=Content(prefill(form, profile, applicant, tx.today())),
    )
    await applications.add(tx, draft)
    return draft
