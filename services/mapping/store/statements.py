"""What has been said: appended, sealed with the key of the person it tells of, never changed."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Text, Uuid, any_, bindparam, func, insert, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.mapping.domain.facts import FactSubject, Value
from services.mapping.domain.profile import Key, Speaker, SpeakerKind, State, Statement
from services.mapping.domain.reading import Span
from services.mapping.store.among import among
from services.mapping.store.tables import fact
from shared.db.transaction import Transaction

_OF_CHILD = (
    among(fact.c.subject_id, "subjects"),
    or_(fact.c.child_id.is_(None), fact.c.child_id == bindparam("child")),
    or_(fact.c.guardian_id.is_(None), among(fact.c.guardian_id, "guardians")),
)
_LINE = (
    fact.c.subject_id,
    fact.c.child_id,
    fact.c.guardian_id,
    fact.c.fact,
    fact.c.speaker_kind,
    fact.c.speaker_id,
    fact.c.organisation,
)
_NEWEST = select(fact).ext(distinct_on(*_LINE)).where(*_OF_CHILD).order_by(*_LINE, fact.c.position.desc())
_VALID_TO = func.lead(fact.c.valid_from).over(partition_by=_LINE, order_by=fact.c.position).label("valid_to")
_ALL = select(fact, _VALID_TO).where(*_OF_CHILD).subquery()
_PAGE = (
    select(_ALL)
    .where(_ALL.c.position < bindparam("before"))
    .where(or_(_ALL.c.shared, _ALL.c.speaker_id == bindparam("me")))
    .where(or_(bindparam("only", type_=Text).is_(None), _ALL.c.fact == bindparam("only", type_=Text)))
    .where(
        or_(
            _ALL.c.fact == any_(bindparam("facts", type_=ARRAY(Text))),
            _ALL.c.speaker_id == bindparam("own", type_=Uuid),
        )
    )
    .order_by(_ALL.c.position.desc())
    .limit(bindparam("limit"))
)
_INSERT = insert(fact)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose statements: of the child and these subjects (guardians and homes), as these guardians of the child (or nobody) are named in them."""

    child: UUID
    subjects: tuple[UUID, ...]
    guardians: tuple[UUID, ...]

    def values(self) -> dict[str, object]:
        """As parameters."""
        return {"child": self.child, "guardians": list(self.guardians), "subjects": [self.child, *self.subjects]}


async def newest(tx: Transaction, scope: Scope) -> list[Statement]:
    """The newest statement of each speaker on each thing."""
    return [_statement(tx, row) for row in await tx.connection.execute(_NEWEST, scope.values())]


@dataclass(frozen=True, slots=True)
class Past:
    """A statement at its position, and the day from which the same speaker's next one on the same thing holds."""

    position: int
    statement: Statement
    valid_to: date | None


async def history(
    tx: Transaction, scope: Scope, span: Span, *, facts: Collection[str], me: UUID, all_own: bool
) -> list[Past]:
    """A page of the statements that `me` may see: of these facts, and where `all_own` everything it said itself. Newest first."""
    wanted = {"before": span.before, "limit": span.limit, "only": span.fact}
    readers = {"facts": list(facts), "me": me, "own": me if all_own else None}
    rows = await tx.connection.execute(_PAGE, {**scope.values(), **wanted, **readers})
    return [Past(row.position, _statement(tx, row), row.valid_to) for row in rows]


async def append(tx: Transaction, statements: Sequence[Statement]) -> None:
    """Adds to the history, in this order."""
    await tx.connection.execute(_INSERT, [_row(tx, statement) for statement in statements])


def _statement(tx: Transaction, row: Row[Any]) -> Statement:
    key = Key(row.fact, FactSubject(row.kind), row.subject_id, child=row.child_id, guardian=row.guardian_id)
    found = Statement(
        id=row.id,
        key=key,
        speaker=Speaker(SpeakerKind(row.speaker_kind), row.speaker_id, row.organisation),
        state=State(row.state),
        value=None,
        valid_from=row.valid_from,
        said_at=row.said_at,
        shared=row.shared,
    )
    return found if row.value is None else found.saying(_unsealed(tx, found, row.value))


def _unsealed(tx: Transaction, statement: Statement, sealed: bytes) -> Value:
    value = json.loads(tx.unseal(statement.about, sealed, table="fact", column="value", row=statement.id))
    return tuple(value) if isinstance(value, list) else value


def _row(tx: Transaction, s: Statement) -> dict[str, object]:
    sealed = None
    if s.state is State.KNOWN:
        sealed = tx.seal(s.about, json.dumps(s.value).encode(), table="fact", column="value", row=s.id)
    return {
        "id": s.id,
        "fact": s.key.fact,
        "kind": s.key.kind.value,
        "subject_id": s.key.subject,
        "child_id": s.key.child,
        "guardian_id": s.key.guardian,
        "speaker_kind": s.speaker.kind.value,
        "speaker_id": s.speaker.person,
        "organisation": s.speaker.organisation,
        "state": s.state.value,
        "value": sealed,
        "valid_from": s.valid_from,
        "said_at": s.said_at,
        "shared": s.shared,
    }
