"""A person is erased: what was told of it goes, its consents end, its key is destroyed, and every service is told."""

from dataclasses import dataclass
from uuid import UUID

from services.mapping.domain.grant import withdraw
from services.mapping.store import access_views, bonds, grants, persons, profiles
from shared.db.transaction import Transaction
from shared.domain import Erased
from shared.events.mapping import GrantWithdrawn, PersonErased, ProfileUpdated


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done. `known`: the person was here until now; `organisations`: who had read of it or was let in, to be told by hand."""

    person: UUID
    known: bool
    organisations: tuple[str, ...] = ()


async def erase_person(tx: Transaction, person: UUID, *, lookup_key: bytes) -> Erasure:
    """Again has no effect here; the services are told again, since they may have been restored. The other guardians and the siblings go on:
    what someone told of a child is the child's, and stays."""
    await _wait_for_the_register(tx, person, lookup_key)
    known = await persons.hold(tx, person)
    relations = await bonds.around(tx, [person])
    versions = await profiles.lock(tx, {person, *(bond.child for bond in relations if bond.adult == person)})
    organisations = await access_views.organisations(tx, person)
    for grant in await grants.open_of_person(tx, person):
        ended = withdraw(grant, by=None, at=tx.at)
        await grants.save_withdrawal(tx, ended)
        event = GrantWithdrawn(grant_id=ended.id, child_id=ended.child, version=ended.version)
        await tx.emit(event, version=ended.version)
    await persons.erase(tx, person)
    for child, version in await profiles.next_versions(tx, sorted(versions.keys() - {person})):
        await tx.emit(ProfileUpdated(child_id=child, version=version), version=version)
    await tx.emit(PersonErased(erasure_id=tx.new_id(), person_id=person, erased_at=tx.at), version=1)
    await tx.erase(person)
    return Erasure(person, known, tuple(organisations))


async def _wait_for_the_register(tx: Transaction, person: UUID, lookup_key: bytes) -> None:
    """An answer of the register that is just being kept is kept first, and one that comes later finds nobody: it begins anew."""
    try:
        number = await persons.number_if_known(tx, person)
    except Erased:
        return
    if number is not None:
        await persons.lock(tx, [persons.digest(lookup_key, number)])
