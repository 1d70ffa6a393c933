"""What was never sent in can be erased with the person it is about or who wrote it; what was sent in is never deleted."""

from alembic import op

from shared.db.ddl import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The worker reaches the drafts of the one person whom it is erasing, and nobody, whatever the code above says, deletes anything else.
_ERASED = """
    nullif(current_setting('somlos.kind', true), '') = 'worker'
    and nullif(current_setting('somlos.service', true), '') = 'applications'
    and nullif(current_setting('somlos.erasing', true), '')::uuid in (subject_id, applicant_id)
    and submitted_at is null"""
_POLICIES = """
grant delete on applications.application to applications;
create policy application_erasure on applications.application to applications using ({erased}) with check (false);
create policy application_delete on applications.application as restrictive for delete to applications using ({erased});
"""


def upgrade() -> None:
    """Two policies: one lets in, one holds back."""
    run(op, _POLICIES.format(erased=_ERASED))


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
