"""The wall around attachments lets in the service's own worker, and no other service's."""

from alembic import op

from shared.db.ddl import run

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OURS = """
    subject_id = any (string_to_array(nullif(current_setting('somlos.subjects', true), ''), ',')::uuid[])
    or authority_org = nullif(current_setting('somlos.org', true), '')
    or (nullif(current_setting('somlos.kind', true), '') = 'worker'
        and nullif(current_setting('somlos.service', true), '') = 'applications')"""


def upgrade() -> None:
    """The policy stays under its name, narrower."""
    run(op, f"alter policy attachment_subjects on applications.attachment using ({_OURS}) with check ({_OURS});\n")


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
