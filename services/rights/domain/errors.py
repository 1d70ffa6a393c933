"""What this service may refuse."""

from shared.domain import NotFound


class UnknownRight(NotFound):
    """There is no right with that id."""
