"""What delivery may refuse."""

from shared.domain import DomainError


class BadOrganisationsFile(DomainError):
    """The installation's file of organisations cannot be used; the worker does not start with it."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(f"{file}: {place}: {reason}")
        self.file, self.place, self.reason = file, place, reason
