"""A household (husstand) is a guardian's home: guardians of one child at one address share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Home:
    """A household as it is known here: `address` is the register's opaque key, digested."""

    id: UUID
    address: str


def assign_homes(addresses: Mapping[UUID, str], known: Mapping[UUID, Home], fresh: Sequence[UUID]) -> dict[UUID, Home]:
    """Each guardian's home. One known to any of those at an address is kept, the oldest if several; an address new to all of them
    takes the next fresh id: whoever moves begins with an empty home."""
    by_address: dict[str, Home] = {}
    for guardian in sorted(addresses):
        home = known.get(guardian)
        if home and home.address == addresses[guardian]:
            best = by_address.get(home.address)
            by_address[home.address] = home if best is None or home.id < best.id else best
    unused = iter(fresh)
    for address in sorted(set(addresses.values()) - set(by_address)):
        by_address[address] = Home(next(unused), address)
    return {guardian: by_address[address] for guardian, address in addresses.items()}
