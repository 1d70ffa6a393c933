"""What mapping may refuse, beyond what every service may."""

from uuid import UUID

from shared.domain import DomainError


class GrantTooLong(DomainError):
    """A grant would last longer than one may."""

    def __init__(self, months: int) -> None:
        super().__init__("grant too long")
        self.months = months


class AlreadyGranted(DomainError):
    """The same giver has a grant with the same receiver and purpose that has not ended."""

    def __init__(self, grant_id: UUID) -> None:
        super().__init__("already granted")
        self.grant_id = grant_id


class ProtectedAddress(DomainError):
    """Adressesperre (kode 6 or 7): nothing about the child can be opened to an organisation."""
