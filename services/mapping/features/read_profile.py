"""A person or an organisation reads a child's profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.mapping.domain import readers
from services.mapping.domain.access import Asker, Citizen
from services.mapping.domain.facts import Vocabulary
from services.mapping.domain.law import AccessLaw, Action, Groups
from services.mapping.domain.reading import Reading, register_lines, told_lines
from services.mapping.store import pictures, pseudonyms, standings
from shared.db.transaction import Transaction
from shared.domain import NotFound


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader is shown, and for an organisation its pseudonyms of the guardians in it."""

    reading: Reading
    aliases: Mapping[UUID, UUID]


async def read_profile(
    tx: Transaction, child_id: UUID, asker: Asker, groups: Groups, *, law: AccessLaw, vocabulary: Vocabulary
) -> Shown:
    """What this reader is shown. The read is logged or nothing is shown. Raises NotFound."""
    child = await standings.by_id(tx, child_id)
    if child is None:
        raise NotFound
    if isinstance(asker, Citizen):
        reader = readers.citizen(asker.person, child, groups, at=tx.at, law=law)
    else:
        grants = child.grants_to(asker.number, tx.principal.purpose)
        reader = readers.organisation(child, grants, groups, action=Action.PROFILE_READ, at=tx.at, law=law)
    picture = await pictures.head(tx, child_id, reader.guardians)
    said = await pictures.said(tx, picture, reader.guardians)
    await tx.reads(child_id, "profile")
    lines = [
        *register_lines(picture.child, picture.shown(reader.guardians), reader, vocabulary),
        *told_lines(said, reader, vocabulary, picture.homes),
    ]
    reading = Reading(child=child_id, version=picture.version, as_of=picture.as_of, lines=tuple(lines))
    return Shown(reading, {} if isinstance(asker, Citizen) else await pseudonyms.of(tx, asker.number, reader.guardians))
