"""What this service may refuse."""

from datetime import date

from shared.domain import DomainError


class ShorterThanTheLaw(DomainError):
    """The time limit that an authority gave ends before the law's."""

    def __init__(self, stated: date, lawful: date, law: str) -> None:
        super().__init__("shorter than the law")
        self.stated, self.lawful, self.law = stated, lawful, law


class NothingDecided(DomainError):
    """There is no decision yet to complain about."""


class NoBody(DomainError):
    """It is not known who decides a complaint in this case."""


class ComplaintOpen(DomainError):
    """A complaint on this decision is not finished yet."""


class ComplaintRuled(DomainError):
    """A complaint on this decision has been decided; the answer to a complaint is the last one here."""


class ComplaintEnded(DomainError):
    """The complaint has ended and can no longer be taken back."""


class NotTheComplainant(DomainError):
    """Only the one who complained can take it back."""


class LateWithoutReason(DomainError):
    """The complaint comes after its last day and says nothing of why."""

    def __init__(self, last_day: date) -> None:
        super().__init__("late without a reason")
        self.last_day = last_day


class NotYourStep(DomainError):
    """The step belongs to the other organisation that has the complaint."""


class WrongStep(DomainError):
    """Another step is due first; None: the complaint has ended."""

    def __init__(self, due: str | None) -> None:
        super().__init__("wrong step")
        self.due = due or "none"


class NotAnAppealBody(DomainError):
    """The organisation does not decide such complaints for this authority."""


class ImpossibleDay(DomainError):
    """The day that something was decided cannot be; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
