"""A profile has a new version: judge again, keep what was judged, and tell when an answer changed."""

from uuid import UUID

from services.rights.domain.assessment import Assessment, digest_of, verdicts
from services.rights.domain.profile import Profile, Statements, usable
from services.rights.store import assessments
from services.rights.store.rulebook import rulebook
from shared.db.transaction import Transaction
from shared.events.rights import RightsChanged


async def assess_child(tx: Transaction, profile: Profile) -> None:
    """Judges the child and each guardian by the profile, unless a newer one was judged before."""
    before = await assessments.lock_of_child(tx, profile.child_id)
    if any(each.profile_version > profile.version for each in before.values()):
        return
    child = usable(profile.facts, rulebook().vocabulary)
    await _keep(tx, _judged(tx, profile, None, child, child), before.pop(None, None))
    for guardian in profile.guardians:
        own = usable(guardian.facts, rulebook().vocabulary)
        await _keep(tx, _judged(tx, profile, guardian.id, own, child), before.pop(guardian.id, None))
    for former in before.values():
        await assessments.remove(tx, former)


def _judged(
    tx: Transaction, profile: Profile, applicant: UUID | None, own: Statements, child: Statements
) -> Assessment:
    """The first assessment there could be of the child's rights, or of those that rest on one guardian and that guardian's home."""
    book = rulebook()
    rules = [rule for rule in book.rules.values() if rule.per_guardian is (applicant is not None)]
    situation = book.situation({**child.known, **own.known}, tx.today())
    return Assessment(
        id=tx.new_id(),
        child_id=profile.child_id,
        applicant_id=applicant,
        version=1,
        profile_version=profile.version,
        as_of=profile.as_of,
        statements=own,
        digest=digest_of(verdicts(rules, situation, book.vocabulary)),
    )


async def _keep(tx: Transaction, judged: Assessment, before: Assessment | None) -> None:
    now = before.renewed_by(judged) if before else judged
    await (assessments.save if before else assessments.add)(tx, now)
    if before is None or now.version > before.version:
        changed = RightsChanged(assessment_id=now.id, child_id=now.child_id, version=now.version)
        await tx.emit(changed, version=now.version)
