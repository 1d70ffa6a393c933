"""What this service may refuse."""

from shared.domain import DomainError, NotFound


class UnknownRight(NotFound):
    """There is no right with that id."""


class UnknownEvaluation(NotFound):
    """There is no such evaluation, or it is made of more than is open to the reader."""


class RuleNotProposed(DomainError):
    """The local rule is no longer a proposal: it was published or withdrawn."""


class RuleNotPublished(DomainError):
    """The local rule is not in force: it was never published, or has ended."""


class SamePerson(DomainError):
    """Whoever proposed a local rule cannot publish it."""


class NotAMunicipality(DomainError):
    """Only a municipality has local rules."""
