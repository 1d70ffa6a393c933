"""PostgreSQL on a small disk: `unshare -m python -m tests.faults.small_disk FOLDER PORT`; the passwords come as JSON in the first line of input.

A tmpfs of its own is mounted on FOLDER, seen by this process and its children only. Then a line of input each: `fill` takes all the room that is
left, `free` gives it back; `stop` or the end of the input ends it. It answers each line with one of its own.
"""

import asyncio
import ctypes
import json
import os
import sys
from pathlib import Path

from tests.faults.kept import Kept, kept

SIZE_MB, BLOCK = 128, 64 * 1024
_MS_NODEV = 4


def mount(folder: Path) -> None:
    """Raises OSError where mounting is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"none", b"/", None, 1 << 18 | 1 << 14, None):  # MS_PRIVATE, MS_REC: nobody else sees what comes
        raise OSError(ctypes.get_errno(), "making / private")
    if libc.mount(b"tmpfs", bytes(folder), b"tmpfs", _MS_NODEV, f"size={SIZE_MB}m,mode=755".encode()):
        raise OSError(ctypes.get_errno(), "mounting a tmpfs")


def fill(ballast: Path) -> None:
    """Writes until there is no room for another byte."""
    with ballast.open("ab", buffering=0) as file:
        for size in (BLOCK, 512, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


async def obey(folder: Path, database: Kept) -> None:
    """One line after the other."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    ballast = folder / "ballast"
    while (word := (await lines.readline()).decode().strip()) not in ("", "stop"):
        if word == "fill":
            await asyncio.to_thread(fill, ballast)
        elif word == "free":
            ballast.unlink(missing_ok=True)
        print(word, flush=True)  # noqa: T201 -- how it answers
    print("\n".join(database.said), file=sys.stderr, flush=True)  # noqa: T201


async def main(folder: Path, port: int) -> None:
    """Mounts, starts, says so, obeys."""
    passwords = json.loads(os.read(0, BLOCK))
    mount(folder)
    async with kept(folder, port, passwords) as database:
        print("ready", flush=True)  # noqa: T201
        await obey(folder, database)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
