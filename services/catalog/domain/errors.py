"""What this service may refuse."""

from shared.domain import NotFound


class UnknownService(NotFound):
    """There is no description with that id."""
