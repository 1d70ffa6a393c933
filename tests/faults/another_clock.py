"""A service of the local cluster by another clock: `python -m tests.faults.another_clock SERVICE SECONDS`, in the cluster's environment."""

import os
import runpy
import sys
from datetime import UTC, datetime, timedelta

from deploy.local.layout import layout
from deploy.local.parts import replay_command
from shared.clock import SystemClock


def main(service: str, seconds: int) -> None:
    """Becomes the service, which believes that it is so many seconds later."""
    os.environ.update(replay_command(layout(), service, ()).environment)
    ahead = timedelta(seconds=seconds)

    def later(self: SystemClock) -> datetime:
        return datetime.now(UTC) + ahead

    setattr(SystemClock, "now", later)  # noqa: B010 -- the one place in which a process asks for the time
    runpy.run_module(f"services.{service}.main", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
