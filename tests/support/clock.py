"""A clock that a test moves."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class MovableClock:
    """Stands still until it is moved. A child turns 18 by moving the clock, not the data."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._at

    def move_to(self, at: datetime) -> None:
        """Let it be `at` (aware) from now on."""
        if at.tzinfo is None:
            raise ValueError("a time needs its zone")
        self._at = at.astimezone(UTC)

    def forward(self, by: timedelta) -> None:
        """Let `by` pass."""
        self._at += by
