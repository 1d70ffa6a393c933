"""The gateway asks, for every request about a child: whom may this caller touch, and on what ground?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.mapping.domain.access import Allowed, Citizen, Denied, Ground, Organisation, Reason, decide
from services.mapping.domain.law import AccessLaw, Action, Groups
from services.mapping.store import persons, refusals, standings
from services.mapping.store.standings import Circle
from shared.db.transaction import Transaction
from shared.domain import NationalId


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who wants what. `asker`: a person's number with its digest, or an organisation's number. `child` as the asker names it."""

    asker: tuple[NationalId, bytes] | str
    action: Action
    purpose: str | None
    child: UUID | None


@dataclass(frozen=True, slots=True)
class Subject:
    """One person that the caller may touch."""

    ground: Ground
    groups: Groups
    alias: UUID | None
    protected: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom the caller may touch, the child of the question among them; `sub` is the caller's own id here."""

    sub: str
    subjects: Mapping[UUID, Subject]
    child: UUID | None


@dataclass(frozen=True, slots=True)
class Outdated:
    """What the register said is old or missing: ask it about this person, then decide. `usable`: the old answer may do while it is away."""

    focus: NationalId
    usable: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """No; it is logged. `stale`: only because the register has been away too long."""

    stale: bool


Answer = Decision | Outdated | Refused


async def decide_access(tx: Transaction, question: Question, *, law: AccessLaw, asked_register: bool) -> Answer:
    """The decision by one query. `asked_register`: the register has just been asked, or is away; what is known must do."""
    if isinstance(question.asker, str):
        return await _organisation(tx, question.asker, question, law=law, asked_register=asked_register)
    national_id, digest = question.asker
    circle = await standings.around(tx, digest)
    if circle is None:
        return Outdated(national_id, usable=False)
    if not asked_register and _old(circle.as_of, tx.at, law):
        return Outdated(national_id, usable=tx.at - circle.as_of <= law.usable)
    if tx.at - circle.as_of > law.usable:
        return Refused(stale=True)
    return await _citizen(tx, circle, question, law)


async def _citizen(tx: Transaction, circle: Circle, question: Question, law: AccessLaw) -> Answer:
    asker, subjects, reason = Citizen(circle.person), {}, Reason.NO_RELATION
    for child in circle.children:
        answer = decide(asker, child, action=question.action, purpose=question.purpose, at=tx.at, law=law)
        if isinstance(answer, Allowed):
            subjects[child.id] = Subject(answer.ground, answer.groups, None, child.protected)
        elif child.id == question.child:
            reason = answer.reason
    if question.child is not None and question.child not in subjects:
        return await _refuse(tx, question, circle.person, reason)
    return Decision(str(circle.person), subjects, question.child)


async def _organisation(
    tx: Transaction, number: str, question: Question, *, law: AccessLaw, asked_register: bool
) -> Answer:
    if question.child is None:
        return Decision(number, {}, None)
    named = await standings.aliased(tx, number, question.child)
    if named is None:
        return await _refuse(tx, question, number, Reason.NO_RELATION)
    child = named.child
    if not child.grants_to(number, question.purpose):
        return await _refuse(tx, question, number, Reason.NO_GRANT)
    answer = decide(Organisation(number), child, action=question.action, purpose=question.purpose, at=tx.at, law=law)
    stale = isinstance(answer, Denied) and answer.reason is Reason.STALE
    if not asked_register and (stale or (isinstance(answer, Allowed) and _old(child.as_of, tx.at, law))):
        return Outdated(await persons.national_id(tx, child.id), usable=not stale)
    if isinstance(answer, Denied):
        return await _refuse(tx, question, number, answer.reason)
    return Decision(number, {child.id: Subject(answer.ground, answer.groups, named.alias, child.protected)}, child.id)


def _old(as_of: datetime, at: datetime, law: AccessLaw) -> bool:
    return at - as_of > law.fresh


async def _refuse(tx: Transaction, question: Question, asker: UUID | str, reason: Reason) -> Refused:
    if reason is not Reason.STALE:
        await refusals.keep(
            tx, child=question.child, asker=asker, action=question.action, purpose=question.purpose, reason=reason
        )
    return Refused(stale=reason is Reason.STALE)
