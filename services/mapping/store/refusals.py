"""Refusals: each leaves one row for the operator and, where the child exists, one line in the family's log, by one and the same statement."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.db.transaction import Transaction
from shared.domain import Unavailable

_KEEP = text("""
with kept as (
    insert into refusal (id, at, kind, asker, action, purpose, reason) values (:refusal, :at, :kind, :asker, :action, :purpose, :reason)),
asked as (
    select id, protection <> 'none' as protected from person where id = :child
    union select p.id, p.protection <> 'none' from pseudonym s join person p on p.id = s.person_id where s.alias = :child),
logged as (
    insert into access_log (id, child_id, reader_kind, reader_id, organisation, purpose, what, at, denied, protected)
    select :row, id, :kind, :reader, :organisation, :purpose, :action, :at, true, protected from asked
    returning id, child_id, reader_kind, reader_id, organisation, purpose, what, at)
insert into access_view (row_id, child_id, day, service, reader_kind, reader, purpose, what, denied, at)
select id, child_id, :day, 'mapping', reader_kind, coalesce(reader_id::text, organisation, ''), coalesce(purpose, ''), what, true, at from logged
""")


async def keep(
    tx: Transaction, *, child: UUID | None, asker: UUID | str, action: str, purpose: str | None, reason: str
) -> None:
    """Logs that someone was refused, whether there is such a child or not. Raises Unavailable when it cannot be logged."""
    person = asker if isinstance(asker, UUID) else None
    values = {
        "refusal": tx.new_id(),
        "row": tx.new_id(),
        "at": tx.at,
        "day": tx.today(),
        "child": child,
        "kind": "citizen" if person else "machine",
        "asker": str(asker),
        "reader": person,
        "organisation": None if person else asker,
        "action": action,
        "purpose": purpose,
        "reason": reason,
    }
    try:
        await tx.connection.execute(_KEEP, values)
    except DBAPIError as fault:
        raise Unavailable("access log") from fault
