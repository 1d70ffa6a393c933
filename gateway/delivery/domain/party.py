"""Who is party to an application, and who hears of it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Party:
    """The organisation that an application is addressed to; None for a protected child, where it is asked for each time and never kept."""

    application_id: UUID
    child_id: UUID
    right_id: str
    organisation: str | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A partner, and the name it alone knows the child by."""

    organisation: str
    person: str
