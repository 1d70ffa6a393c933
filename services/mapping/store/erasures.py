"""The list of everyone erased: a file of lines, outside the database and its backups, so that a restore can be made to forget again."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID


def note(path: Path, person: UUID, *, at: datetime) -> None:
    """Adds a line, on the disk before anything is erased. It holds the inner id and the moment, nothing else."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(json.dumps({"person": str(person), "at": at.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def noted(path: Path) -> list[UUID]:
    """Everyone on the list, each once, in the order of the first mention. Raises ValueError naming a line that is none."""
    return list(dict.fromkeys(_persons(path)))


def _persons(path: Path) -> Iterator[UUID]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), start=1):
        try:
            yield UUID(json.loads(line)["person"])
        except (ValueError, KeyError, TypeError) as fault:
            raise ValueError(f"{path}, line {number}: not an erasure") from fault
