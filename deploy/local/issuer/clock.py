"""A clock that a test can set forward or back, for the issuer's whole process."""

from datetime import datetime, timedelta

from shared.clock import Clock


class OffsetClock:
    """Another clock, and so much more."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.offset = timedelta()

    def now(self) -> datetime:
        """The other clock's time with the offset added, UTC."""
        return self._clock.now() + self.offset

    def epoch(self) -> int:
        """The same as whole seconds since 1970, as tokens have it."""
        return int(self.now().timestamp())
