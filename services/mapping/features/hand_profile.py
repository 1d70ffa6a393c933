"""Another service reads a child's profile by reference, for a purpose that the family can read in its log."""

from dataclasses import dataclass
from uuid import UUID

from services.mapping.domain import readers
from services.mapping.domain.facts import Vocabulary
from services.mapping.domain.law import AccessLaw
from services.mapping.domain.reading import Reading, register_lines, told_lines
from services.mapping.store import pictures, standings
from shared.db.transaction import Transaction
from shared.domain import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """The whole profile; the municipality is for routing only, and never leaves the services."""

    reading: Reading
    protected: bool
    kommunenummer: str | None
    homes: dict[UUID, UUID]


async def hand_profile(tx: Transaction, child_id: UUID, *, law: AccessLaw, vocabulary: Vocabulary) -> Handed:
    """Facts told and of the register; what is derived from them depends on the day, so the reader works it out. Raises NotFound."""
    child = await standings.by_id(tx, child_id)
    if child is None:
        raise NotFound
    picture = await pictures.head(tx, child_id)
    reader = readers.system(child, picture.homes, at=tx.at, law=law)
    said = await pictures.said(tx, picture, reader.guardians)
    await tx.reads(child_id, "profile")
    lines = [
        *register_lines(picture.child, picture.shown(reader.guardians), reader, vocabulary),
        *told_lines(said, reader, vocabulary, picture.homes),
    ]
    reading = Reading(child=child_id, version=picture.version, as_of=picture.as_of, lines=tuple(lines))
    homes = {adult: home for adult, home in picture.homes.items() if adult in reader.guardians}
    return Handed(
        reading=reading, protected=picture.child.protected, kommunenummer=picture.child.kommunenummer, homes=homes
    )
