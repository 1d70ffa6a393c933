"""Which files no attachment owns: what a crash left between file and row."""

from datetime import datetime
from uuid import UUID

from services.applications.store import attachments
from services.applications.store.attachment_files import AttachmentFiles
from shared.db.transaction import Transaction


async def find_lost_files(tx: Transaction, files: AttachmentFiles, *, before: datetime) -> list[UUID]:
    """The files last written before the moment that have no row. `before` lies further back than any upload takes."""
    old = await files.older_than(before.timestamp())
    known = await attachments.known(tx, old) if old else frozenset()
    return [each for each in old if each not in known]
