"""A new answer of the population register is kept, and every profile that it changes gets a version and an event."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from services.mapping.domain.family import Bond, Family, Person, changed, children_touched
from services.mapping.domain.grant import withdraw
from services.mapping.domain.law import AccessLaw
from services.mapping.domain.register_answer import Known, TakenIn, take_in
from services.mapping.store import bonds, grants, persons, profiles
from shared.dates import age_on
from shared.db.transaction import Transaction
from shared.events.mapping import GrantWithdrawn, ProfileUpdated


async def refresh_family(tx: Transaction, family: Family, *, lookup_key: bytes, law: AccessLaw) -> None:
    """Persons, relations, homes. Organisations lose their grants for a child whose address has become protected."""
    digests = {number: persons.digest(lookup_key, record.national_id) for number, record in family.persons.items()}
    addresses = {n: persons.address_digest(lookup_key, record.address) for n, record in family.persons.items()}
    found = await persons.lock(tx, digests.values())
    ids = {number: found.get(digest) or tx.new_id() for number, digest in digests.items()}
    before = {p.id: p for p in await persons.load(tx, list(ids.values()))}
    known = Known(ids=ids, addresses=addresses, bonds=await bonds.around(tx, ids.values()))
    now = take_in(family, known, [tx.new_id() for _ in ids])
    records = [
        persons.Kept(person, family.persons[number], digests[number])
        for number, person in zip(ids, now.people, strict=True)
    ]
    await persons.save(tx, records, before)
    await persons.mark_seen(tx, now.complete)
    await bonds.save(tx, changed(known.bonds, now.bonds))
    news: list[Person | Bond] = [*changed(before.values(), now.people), *changed(known.bonds, now.bonds)]
    await _tell(tx, news, now, law)
    await _withdraw(tx, [p.id for p in now.people if p.protected and not (p.id in before and before[p.id].protected)])


async def _tell(tx: Transaction, news: Iterable[Person | Bond], now: TakenIn, law: AccessLaw) -> None:
    children_of: dict[UUID, list[UUID]] = {}
    for bond in now.bonds:
        children_of.setdefault(bond.adult, []).append(bond.child)
    touched = children_touched(news, children_of, _with_profile(now, law, tx))
    for child, version in await profiles.next_versions(tx, touched):
        await tx.emit(ProfileUpdated(child_id=child, version=version), version=version)


def _with_profile(now: TakenIn, law: AccessLaw, tx: Transaction) -> frozenset[UUID]:
    """Children, and those young enough to have a profile of their own."""
    young = {p.id for p in now.people if p.id in now.complete and age_on(p.born, tx.today()) < law.own_profile_below}
    return frozenset({bond.child for bond in now.bonds} | young)


async def _withdraw(tx: Transaction, newly_protected: Sequence[UUID]) -> None:
    for grant in await grants.to_organisations(tx, newly_protected) if newly_protected else []:
        ended = withdraw(grant, by=None, at=tx.at)
        await grants.save_withdrawal(tx, ended)
        event = GrantWithdrawn(grant_id=ended.id, child_id=ended.child, version=ended.version)
        await tx.emit(event, version=ended.version)
