"""A supervisor with small children, run as a program by the tests: `python -m tests.deploy.small_cluster FOLDER KIND…`.

Each child's process id is written to FOLDER/<name>.pid. Kinds: good (runs until SIGTERM), deaf (ignores SIGTERM), failing (ends at once),
slow (never ready).
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from deploy.local.process import Command, StartFailed
from deploy.local.supervisor import Part, Supervisor

WAITS = "import signal\nsignal.pause()"
PROGRAMS = {
    "good": WAITS,
    "deaf": f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{WAITS}",
    "failing": "import sys\nprint('the reason stands here')\nsys.exit(7)",
    "slow": WAITS,
}


def part(folder: Path, kind: str) -> Part:
    program = f"import os\nopen({str(folder / kind)!r} + '.pid', 'w').write(str(os.getpid()))\n{PROGRAMS[kind]}"
    command = Command((sys.executable, "-S", "-c", program), dict(os.environ))

    async def ready() -> None:
        if kind == "slow":
            await asyncio.Event().wait()

    return Part(kind, command=lambda: command, log=folder / f"{kind}.log", ready=ready)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def main(folder: Path, kinds: list[str]) -> int:
    supervisor = Supervisor([part(folder, kind) for kind in kinds], say)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, supervisor.request_stop)

    async def ready() -> None:
        (folder / "ready").touch()

    try:
        await supervisor.run(ready)
    except StartFailed as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), sys.argv[2:])))
