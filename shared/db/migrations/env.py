"""Alembic's environment for every service: it runs on the connection it is given."""

from alembic import context


def run() -> None:
    """Migrates inside one transaction on the given connection."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"], version_table_schema=attributes["schema"], transaction_per_migration=False
    )
    with context.begin_transaction():
        context.run_migrations()


run()
