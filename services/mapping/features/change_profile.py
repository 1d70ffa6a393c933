"""Someone tells, corrects or takes back facts of a child, a guardian or a home."""

from uuid import UUID

from services.mapping.domain import readers
from services.mapping.domain.access import Child, Citizen, age_class_of
from services.mapping.domain.changes import Change, SpokenFor, Teller, statements
from services.mapping.domain.facts import FactSubject, Vocabulary
from services.mapping.domain.law import AccessLaw, Action, Groups
from services.mapping.domain.profile import Speaker, SpeakerKind
from services.mapping.store import bonds, profiles, pseudonyms, standings
from services.mapping.store import statements as said
from shared.db.transaction import Transaction
from shared.domain import NotFound, StaleVersion
from shared.events.mapping import ProfileUpdated

_OF_ALL_SIBLINGS = (FactSubject.GUARDIAN, FactSubject.HOUSEHOLD)


async def change_profile(tx: Transaction, change: Change, *, law: AccessLaw, vocabulary: Vocabulary) -> int:
    """The profile's new version. A guardian's or a home's fact gives each of the guardian's children one, with an event.

    Raises NotFound, StaleVersion, or InvalidInput naming every entry at fault; then nothing is stored.
    """
    child = await standings.by_id(tx, change.child)
    if child is None:
        raise NotFound
    teller = await _teller(tx, change, child, law)
    touched = await _touched(tx, change, teller, vocabulary)
    versions = await profiles.lock(tx, touched)
    if change.child not in versions:
        raise NotFound
    if versions[change.child] != change.version:
        raise StaleVersion(change.version, versions[change.child])
    told = statements(change.entries, teller, vocabulary, at=tx.at, today=tx.today(), new_id=tx.new_id)
    await said.append(tx, told)
    await tx.reads(change.child, "profile-change")
    new = dict(await profiles.next_versions(tx, sorted(versions)))
    for each, version in new.items():
        await tx.emit(ProfileUpdated(child_id=each, version=version), version=version)
    return new[change.child]


async def _teller(tx: Transaction, change: Change, child: Child, law: AccessLaw) -> Teller:
    homes = {
        bond.adult: bond.home.id for bond in await bonds.around(tx, [child.id]) if bond.child == child.id and bond.acts
    }
    if isinstance(change.asker, Citizen):
        return _citizen(
            change.asker.person,
            child,
            homes,
            change.groups,
            shares=age_class_of(child, tx.at, law) not in law.own_version_kept,
        )
    number = change.asker.number
    grants = child.grants_to(number, tx.principal.purpose)
    reader = readers.organisation(child, grants, change.groups, action=Action.PROFILE_WRITE, at=tx.at, law=law)
    aliases = await pseudonyms.of(tx, number, reader.guardians)
    guardians = {
        str(aliases[p]): SpokenFor(p, homes[p], groups)
        for p, groups in reader.guardians.items()
        if p in aliases and p in homes
    }
    speaker = Speaker(SpeakerKind.ORGANISATION, organisation=number)
    return Teller(speaker=speaker, child=child.id, born=child.born, groups=change.groups, guardians=guardians)


def _citizen(person: UUID, child: Child, homes: dict[UUID, UUID], groups: Groups, *, shares: bool) -> Teller:
    if person == child.id:
        return Teller(
            speaker=Speaker(SpeakerKind.CHILD, person),
            child=child.id,
            born=child.born,
            groups=groups,
            guardians={},
            shares=shares,
        )
    guardians = {str(person): SpokenFor(person, homes[person], None)} if person in homes else {}
    return Teller(
        speaker=Speaker(SpeakerKind.GUARDIAN, person),
        child=child.id,
        born=child.born,
        groups=groups,
        guardians=guardians,
    )


async def _touched(tx: Transaction, change: Change, teller: Teller, vocabulary: Vocabulary) -> set[UUID]:
    """Whose profiles the change belongs to: the child's, and where a guardian or a home is told of, all that guardian's children's."""
    facts = [vocabulary[entry.fact] for entry in change.entries if entry.fact in vocabulary]
    if not any(fact.subject in _OF_ALL_SIBLINGS for fact in facts):
        return {change.child}
    adults = {spoken_for.person for spoken_for in teller.guardians.values()}
    return {change.child} | {
        bond.child for bond in await bonds.around(tx, adults) if bond.adult in adults and bond.acts
    }
