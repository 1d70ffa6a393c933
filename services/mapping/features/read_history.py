"""A person reads what has been said in a child's profile, statement by statement."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.mapping.domain import readers
from services.mapping.domain.facts import Vocabulary
from services.mapping.domain.law import AccessLaw, Groups
from services.mapping.domain.profile import SpeakerKind, Statement
from services.mapping.domain.reading import Span, shown_facts
from services.mapping.store import pictures, standings, statements
from shared.db.transaction import Transaction
from shared.domain import NotFound


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in the history. `hidden`: another person said it, so what it was is not told here."""

    statement: Statement
    valid_to: date | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class SaidPage:
    """One page; `last` is the position after which the next begins, None on the last page."""

    items: list[Said]
    last: int | None


async def read_history(
    tx: Transaction, child_id: UUID, groups: Groups, *, span: Span, law: AccessLaw, vocabulary: Vocabulary
) -> SaidPage:
    """Newest first. Raises NotFound."""
    child = await standings.by_id(tx, child_id)
    if child is None:
        raise NotFound
    me = tx.principal.person
    reader = readers.citizen(me, child, groups, at=tx.at, law=law)
    picture = await pictures.head(tx, child_id, reader.guardians)
    one_more = replace(span, limit=span.limit + 1)
    facts = shown_facts(reader, vocabulary)
    scope = picture.scope(reader.guardians)
    rows = await statements.history(tx, scope, one_more, facts=facts, me=me, all_own=reader.own_version)
    await tx.reads(child_id, "profile-history")
    items = [Said(row.statement, row.valid_to, _hidden(row.statement, me)) for row in rows[: span.limit]]
    return SaidPage(items, rows[span.limit - 1].position if len(rows) > span.limit else None)


def _hidden(statement: Statement, me: UUID) -> bool:
    return statement.speaker.kind is not SpeakerKind.ORGANISATION and statement.speaker.person != me
