"""How often a part has fallen, and what that means: when it is started again, and when nobody can keep it running."""

import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import process
from deploy.local.process import StartFailed

_QUICK_DEATH_S = 10.0
_QUICK_DEATHS = 5
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0
_PASSES_WITHIN_S = 600.0
_PASSING_PAUSE_S = 0.5
_LAST_LINES = 6
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


@dataclass(slots=True)
class Falls:
    """One part's. `passing`: last words of a death that will pass (a full disk); it is waited out for ten minutes."""

    name: str
    log: Path
    passing: tuple[str, ...] = ()
    is_job: bool = False
    _quick: int = 0
    _faults: int = 0
    _began: float = field(default_factory=time.monotonic)
    _well_at: float = field(default_factory=time.monotonic)

    def begin(self) -> None:
        """It has been started."""
        self._began = time.monotonic()

    def after(self, code: int, *, served: bool) -> tuple[float, str]:
        """It has ended: the seconds until it is started again, and why it ended. Raises StartFailed.

        `served`: it could be used before. Whoever was killed by someone else did not fall by a fault of its own, and is never given up."""
        now, killed = time.monotonic(), -code in _FROM_OUTSIDE
        if now - self._began > _QUICK_DEATH_S or (served and killed):
            self._quick, self._faults, self._well_at = 0, 0, now
        words = self._last_words()
        if words and now - self._well_at < _PASSES_WITHIN_S:
            return _PASSING_PAUSE_S, words
        self._quick += 1
        self._faults += not killed
        if self.is_job or self._faults >= _QUICK_DEATHS:
            times = "" if self.is_job else f" {self._faults} times in a row"
            end = f"The end of {self.log}:\n{process.tail(self.log)}"
            raise StartFailed(f"{self.name} ended{times} (last exit code {code}). {end}")
        return min(_FIRST_PAUSE_S * 2 ** (self._quick - 1), _LONGEST_PAUSE_S), f"exit code {code}"

    def _last_words(self) -> str | None:
        end = process.tail(self.log, _LAST_LINES) if self.passing else ""
        return next((words for words in self.passing if words in end), None)
