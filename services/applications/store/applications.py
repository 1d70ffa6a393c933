"""Applications as rows: sealed content and snapshot, everything else readable for routing and lists."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, bindparam, delete, insert, or_, select, tuple_, update

from services.applications.domain.answer import Answer, State
from services.applications.domain.applicant import Relation
from services.applications.domain.application import UNDER_WAY, Address, Application, Content, Status
from services.applications.domain.notice import can_be_doubled
from services.applications.domain.snapshot import content_as_json, source_of
from services.applications.domain.vocabulary import frozen
from services.applications.store.tables import application as table
from shared.db.transaction import Transaction
from shared.domain import NotFound

_SEALED = ("content", "snapshot")
OPEN_COLUMNS = [column for column in table.c if column.name not in _SEALED]
_MINE = or_(table.c.submitted_at.is_not(None), table.c.applicant_id == bindparam("person"))
_THEIRS = or_(table.c.subject_id.in_(bindparam("subjects", expanding=True)), table.c.authority_org == bindparam("org"))
_FIND = select(table).where(table.c.id == bindparam("id"), _MINE, _THEIRS)
_LOCK = _FIND.with_for_update()
_INSERT = insert(table)
_UPDATE = update(table).where(table.c.id == bindparam("_id"))
_MOVES = ("status", "revision", "version", "changed_at")
_MOVE = update(table).where(table.c.id == bindparam("_id")).values({table.c[name]: bindparam(name) for name in _MOVES})
_LOCK_DECIDED = (
    select(*OPEN_COLUMNS).where(table.c.id == bindparam("id"), table.c.status == Status.DECIDED.value).with_for_update()
)
_OF_CHILDREN = (
    select(*OPEN_COLUMNS)
    .where(table.c.subject_id.in_(bindparam("children", expanding=True)), _MINE)
    .order_by(table.c.created_at.desc(), table.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_CHILDREN_AFTER = _OF_CHILDREN.where(
    tuple_(table.c.created_at, table.c.id) < tuple_(bindparam("after_at"), bindparam("after_id"))
)
_ADDRESSED = (
    select(*OPEN_COLUMNS)
    .where(
        table.c.authority_org == bindparam("org"),
        or_(bindparam("alias", type_=Text).is_(None), table.c.child_alias == bindparam("alias", type_=Text)),
    )
    .order_by(table.c.submitted_at.desc(), table.c.id.desc())
    .limit(bindparam("limit"))
)
_ADDRESSED_AFTER = _ADDRESSED.where(
    tuple_(table.c.submitted_at, table.c.id) < tuple_(bindparam("after_at"), bindparam("after_id"))
)
MOST_BESIDE = 20
_BESIDE = (
    select(*OPEN_COLUMNS)
    .where(
        table.c.subject_id == bindparam("child"),
        table.c.right_id == bindparam("right"),
        table.c.id != bindparam("id"),
        table.c.status.in_(sorted(UNDER_WAY)),
    )
    .order_by(table.c.submitted_at.desc(), table.c.id.desc())
    .limit(MOST_BESIDE)
)
_ERASE_DRAFTS = delete(table).where(
    table.c.submitted_at.is_(None),
    or_(table.c.subject_id == bindparam("person"), table.c.applicant_id == bindparam("person")),
)
After = tuple[datetime, UUID] | None


async def find(tx: Transaction, application_id: UUID, *, lock: bool = False) -> Application:
    """The application, if it is the caller's to see: a child of the caller's, or addressed to the organisation. Raises NotFound.

    A draft is for its applicant alone."""
    found = (await tx.connection.execute(_LOCK if lock else _FIND, {"id": application_id, **_caller(tx)})).first()
    if found is None:
        raise NotFound
    return read(tx, found)


async def of_children(tx: Transaction, children: list[UUID], *, after: After, limit: int) -> list[Application]:
    """The children's applications without their content, newest first, at most `limit`; drafts are the caller's own."""
    values = {"children": children, "person": _caller(tx)["person"], "limit": limit, **_place(after)}
    rows = await tx.connection.execute(_OF_CHILDREN_AFTER if after else _OF_CHILDREN, values)
    return [read(tx, row) for row in rows]


async def beside(tx: Transaction, application: Application) -> tuple[Application, ...]:
    """What is under way for the same right and child, without its content, newest first: for the applicant, while that one can be sent or is sent."""
    if not can_be_doubled(application, _caller(tx)["person"]):
        return ()
    values = {"child": application.child_id, "right": application.right_id, "id": application.id}
    return tuple(read(tx, row) for row in await tx.connection.execute(_BESIDE, values))


async def addressed_to(
    tx: Transaction, orgnr: str, *, alias: str | None, after: After, limit: int
) -> list[Application]:
    """What was sent to the organisation, without its content, newest first, at most `limit`; of one child by the organisation's pseudonym."""
    values = {"org": orgnr, "alias": alias, "limit": limit, **_place(after)}
    rows = await tx.connection.execute(_ADDRESSED_AFTER if after else _ADDRESSED, values)
    return [read(tx, row) for row in rows]


def _place(after: After) -> dict[str, Any]:
    return {"after_at": after[0], "after_id": after[1]} if after else {}


async def add(tx: Transaction, application: Application) -> None:
    """Stores a new application."""
    await tx.connection.execute(_INSERT, _values(tx, application))


async def save(tx: Transaction, application: Application) -> None:
    """Stores the changed application; its row is locked."""
    values = _values(tx, application)
    for fixed in ("id", "subject_id", "applicant_id", "relation", "form_id", "right_id", "created_at"):
        del values[fixed]
    await tx.connection.execute(_UPDATE, {"_id": application.id, **values})


async def move(tx: Transaction, application: Application) -> None:
    """Stores where the application stands now; what it says is left as it is. Its row is locked."""
    await tx.connection.execute(_MOVE, {"_id": application.id, **{name: getattr(application, name) for name in _MOVES}})


async def lock_decided(tx: Transaction, application_id: UUID) -> Application | None:
    """A decided application without what it says, locked, for the service's own work; None when there is none."""
    found = (await tx.connection.execute(_LOCK_DECIDED, {"id": application_id})).first()
    return None if found is None else read(tx, found)


async def erase_drafts(tx: Transaction, person: UUID) -> None:
    """Deletes what was never sent in, about the person or by it, with its attachments. Only while the person is being erased."""
    await tx.connection.execute(_ERASE_DRAFTS, {"person": person})


def _caller(tx: Transaction) -> dict[str, Any]:
    caller = tx.principal
    person = UUID(caller.id) if caller.kind == "citizen" else None
    return {"subjects": list(caller.subjects), "org": caller.org, "person": person}


def _values(tx: Transaction, application: Application) -> dict[str, Any]:
    address = application.address
    return {
        "id": application.id,
        "subject_id": application.child_id,
        "applicant_id": application.applicant_id,
        "relation": application.relation,
        "form_id": application.form_id,
        "form_version": application.form_version,
        "right_id": application.right_id,
        "status": application.status,
        "revision": application.revision,
        "version": application.version,
        "created_at": application.created_at,
        "changed_at": application.changed_at,
        "content": _sealed(
            tx, application, "content", content_as_json(application.content) if application.content else None
        ),
        "authority_kind": address.kind if address else None,
        "authority_org": address.orgnr if address else None,
        "child_alias": address.child_alias if address else None,
        "protected": address.protected if address else None,
        "submitted_at": application.submitted_at,
        "snapshot": _sealed(tx, application, "snapshot", application.snapshot),
        "snapshot_sha256": application.snapshot_sha256,
    }


def _sealed(tx: Transaction, application: Application, column: str, plaintext: bytes | None) -> bytes | None:
    if plaintext is None:
        return None
    return tx.seal(application.child_id, plaintext, table="application", column=column, row=application.id)


def read(tx: Transaction, row: Row[Any]) -> Application:
    """The application of a row; what was not selected is not there."""

    def opened(column: str) -> bytes | None:
        sealed = getattr(row, column, None)
        return tx.unseal(row.subject_id, sealed, table="application", column=column, row=row.id) if sealed else None

    content = opened("content")
    return Application(
        id=row.id,
        child_id=row.subject_id,
        applicant_id=row.applicant_id,
        relation=Relation(row.relation),
        form_id=row.form_id,
        form_version=row.form_version,
        right_id=row.right_id,
        status=Status(row.status),
        revision=row.revision,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        content=_content(json.loads(content)) if content else None,
        address=Address(row.authority_kind, row.authority_org, row.child_alias, row.protected)
        if row.authority_org
        else None,
        submitted_at=row.submitted_at,
        snapshot=opened("snapshot"),
        snapshot_sha256=row.snapshot_sha256,
    )


def _content(document: Mapping[str, Any]) -> Content:
    return Content(_answers(document["prefilled"]), _answers(document["given"]), document["free_text"])


def _answers(document: Mapping[str, Any]) -> dict[str, Answer]:
    return {fact: _answer(fact, stored) for fact, stored in document.items()}


def _answer(fact: str, stored: Mapping[str, Any]) -> Answer:
    value = stored["value"]
    return Answer(fact, State(stored["state"]), source_of(stored["source"]), None if value is None else frozen(value))
