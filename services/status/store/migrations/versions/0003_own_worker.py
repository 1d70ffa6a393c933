"""The wall around cases lets in the service's own worker, and no other service's."""

from alembic import op

from shared.db.ddl import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OURS = """
    subject_id = any (string_to_array(nullif(current_setting('somlos.subjects', true), ''), ',')::uuid[])
    or (nullif(current_setting('somlos.kind', true), '') = 'worker'
        and nullif(current_setting('somlos.service', true), '') = 'status')"""


def upgrade() -> None:
    """The policies stay under their names, narrower."""
    for table in ("case_file", "case_timeline"):
        run(op, f"alter policy {table}_subjects on status.{table} using ({_OURS}) with check ({_OURS});\n")


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
