"""`make logs`: the end of every part's log, or one log as it grows."""

import sys
import time
from pathlib import Path

from deploy.local import process
from deploy.local.layout import Layout
from deploy.local.record import log_files

_LINES_OF_ALL = 10
_LINES_OF_ONE = 40


def show(where: Layout, part: str | None = None, follow: bool = False) -> int:
    """Print, and with `follow` go on until Ctrl-C."""
    files = log_files(where)
    if not files:
        print(f"There are no logs in {where.logs} yet. Start the cluster with: make up")
        return 1
    if part is not None and part not in files:
        print(f"There is no log of {part}. There are: {', '.join(files)}")
        return 2
    chosen = {part: files[part]} if part else files
    ends = {name: file.stat().st_size for name, file in chosen.items()}
    for name, file in chosen.items():
        print(f"== {name}: {file}\n{process.tail(file, _LINES_OF_ONE if part else _LINES_OF_ALL)}")
    if follow:
        _follow(chosen, ends)
    return 0


def _follow(files: dict[str, Path], ends: dict[str, int]) -> None:
    while True:
        for name, file in files.items():
            size = file.stat().st_size
            if size < ends[name]:
                ends[name] = 0
            if size > ends[name]:
                ends[name] += _print_from(name, file, ends[name])
        time.sleep(0.3)


def _print_from(name: str, file: Path, start: int) -> int:
    with file.open("rb") as content:
        content.seek(start)
        data = content.read()
    for line in data.decode(errors="replace").splitlines():
        sys.stdout.write(f"{name:<14} {line}\n")
    sys.stdout.flush()
    return len(data)
