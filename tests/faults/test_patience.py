"""What the supervisor is patient with; tests/deploy shows it giving up on the rest."""

import asyncio
import os
import sys
from pathlib import Path

from deploy.local.parts import PASSING
from deploy.local.process import Command, StartFailed
from deploy.local.supervisor import Part, Supervisor
from tests.support.until import until

FALLS = 6  # once more than the supervisor bears with
PROGRAM = """
import signal, sys
with open(sys.argv[1], "a") as file:
    file.write("x")
if len(open(sys.argv[1]).read()) <= int(sys.argv[2]):
    sys.exit(sys.argv[3])
signal.pause()
"""


def falling(folder: Path, words: str) -> Supervisor:
    """One part that falls so often, with these words, and stands then."""
    arguments = (sys.executable, "-S", "-c", PROGRAM, str(folder / "starts"), str(FALLS), words)
    command = Command(arguments, dict(os.environ))
    part = Part("store", command=lambda: command, log=folder / "store.log", passing=PASSING)
    return Supervisor([part], lambda text: None)


def starts(folder: Path) -> int:
    file = folder / "starts"
    return len(file.read_text()) if file.exists() else 0


async def ready() -> None:
    """Nothing to do then."""


async def test_a_full_disk_is_waited_out(tmp_path: Path) -> None:
    supervisor = falling(tmp_path, "PANIC:  could not write to file: No space left on device")
    run = asyncio.create_task(supervisor.run(ready))
    await until(lambda: run.done() or starts(tmp_path) > FALLS, 30)
    supervisor.request_stop()
    await run


async def test_a_part_that_was_ready_once_is_not_given_up_when_it_is_asked_in_vain_later(tmp_path: Path) -> None:
    asked: list[str] = []

    async def answers() -> None:
        """At the first start at once; after that, when it has been asked three times more."""
        asked.append("?")
        if 1 < len(asked) < 4:
            raise StartFailed("the database of a service could not be made")

    command = Command((sys.executable, "-S", "-c", "import signal; signal.pause()"), dict(os.environ))
    said: list[str] = []
    supervisor = Supervisor([Part("store", command=lambda: command, log=tmp_path / "log", ready=answers)], said.append)
    run = asyncio.create_task(supervisor.run(ready))
    await until(lambda: run.done() or "store is ready" in said, 10)

    supervisor.running["store"].kill()

    await until(lambda: run.done() or "store is ready again" in said, 10)
    assert not run.done(), run.exception()
    supervisor.request_stop()
    await run
