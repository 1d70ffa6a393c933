"""A request's body, counted as it comes: whatever length it was said to have, it ends at the limit."""

from starlette.types import Message, Receive

from shared.domain import DomainError


class BodyTooLarge(DomainError):
    """The body is longer than is accepted here."""

    def __init__(self, limit: int) -> None:
        super().__init__("body too large")
        self.limit = limit


class Counted:
    """The receiving end of a request that may carry `limit` bytes. `declared`: the length it was said to have, if any."""

    def __init__(self, receive: Receive, limit: int, *, declared: int | None) -> None:
        self._receive, self._limit = receive, limit
        self._got = declared if declared is not None and declared > limit else 0

    @property
    def too_large(self) -> bool:
        """Whether more than the limit has come, or is said to come."""
        return self._got > self._limit

    def check(self) -> None:
        """Raises BodyTooLarge; at the start, before a byte is read, for a length that is said to be too much."""
        if self.too_large:
            raise BodyTooLarge(self._limit)

    async def receive(self) -> Message:
        """The next part, as ASGI hands it out. Raises BodyTooLarge."""
        message = await self._receive()
        self._got += len(message.get("body", b""))
        self.check()
        return message
