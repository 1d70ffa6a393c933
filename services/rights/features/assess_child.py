"""A profile has a new version, the rules have, or a day has come: judge again, keep what was judged, and tell when an answer changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.rights.domain.assessment import Ahead, Assessment, Judged, judged, told_by
from services.rights.domain.evaluation import ENGINE, Evaluation, canonical
from services.rights.domain.profile import Profile, Statements, usable
from services.rights.store import assessments, evaluations
from services.rights.store.rulebook import rulebook
from shared.dates import oslo_day
from shared.db.transaction import Transaction
from shared.events.rights import RightsChanged


@dataclass(frozen=True, slots=True)
class _Family:
    child_id: UUID
    version: int
    as_of: datetime
    child: Statements
    guardians: dict[UUID, Statements]


async def assess_child(tx: Transaction, told: Profile | UUID) -> None:
    """Judges the child and each guardian by the profile, unless a newer one was judged before; where only the child is named, by what was
    told last, or not at all when nothing was."""
    child = told.child_id if isinstance(told, Profile) else told
    before = await assessments.lock_of_child(tx, child)
    family = _told_now(told) if isinstance(told, Profile) else _told_last(before)
    if family is None or any(each.profile_version > family.version for each in before.values()):
        return
    await _assess(tx, family, None, before.pop(None, None))
    for guardian in family.guardians:
        await _assess(tx, family, guardian, before.pop(guardian, None))
    for former in before.values():
        await assessments.remove(tx, former)


def _told_now(profile: Profile) -> _Family:
    vocabulary = rulebook().vocabulary
    guardians = {each.id: usable(each.facts, vocabulary) for each in profile.guardians}
    return _Family(profile.child_id, profile.version, profile.as_of, usable(profile.facts, vocabulary), guardians)


def _told_last(before: dict[UUID | None, Assessment]) -> _Family | None:
    child = before.get(None)
    if child is None:
        return None
    guardians = {applicant: each.statements for applicant, each in before.items() if applicant is not None}
    return _Family(child.child_id, child.profile_version, child.as_of, child.statements, guardians)


async def _assess(tx: Transaction, family: _Family, guardian: UUID | None, before: Assessment | None) -> None:
    book = rulebook()
    own = family.child if guardian is None else family.guardians[guardian]
    told = told_by((family.child, own), oslo_day(family.as_of))
    ahead = Ahead(timedelta(days=book.horizon.ahead_days), timedelta(days=book.horizon.sleep_days))
    found = judged(book, told, of_guardian=guardian is not None, on=tx.today(), ahead=ahead)
    newest = Assessment(
        id=tx.new_id(),
        child_id=family.child_id,
        applicant_id=guardian,
        version=1,
        profile_version=family.version,
        as_of=family.as_of,
        statements=own,
        digest=found.digest,
        pack=book.digest,
        judged_on=tx.today(),
        wakes_on=found.wakes_on,
    )
    now = before.renewed_by(newest) if before else newest
    await (assessments.save if before else assessments.add)(tx, now)
    if before is None or now.version > before.version:
        await evaluations.add(tx, _evaluation(tx, now, found), own=own, child=family.child if guardian else None)
        changed = RightsChanged(assessment_id=now.id, child_id=now.child_id, version=now.version)
        await tx.emit(changed, version=now.version)


def _evaluation(tx: Transaction, now: Assessment, found: Judged) -> Evaluation:
    return Evaluation(
        id=tx.new_id(),
        child_id=now.child_id,
        applicant_id=now.applicant_id,
        profile_version=now.profile_version,
        as_of=now.as_of,
        law_on=tx.today(),
        known_at=tx.at,
        pack=now.pack,
        engine=ENGINE,
        sha256=hashlib.sha256(canonical(found.judgements)).digest(),
    )
