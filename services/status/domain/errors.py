"""What this service may refuse."""

from datetime import date

from shared.domain import DomainError


class ShorterThanTheLaw(DomainError):
    """The time limit that an authority gave ends before the law's."""

    def __init__(self, stated: date, lawful: date, law: str) -> None:
        super().__init__("shorter than the law")
        self.stated, self.lawful, self.law = stated, lawful, law
