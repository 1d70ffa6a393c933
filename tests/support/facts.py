"""Where the facts are: FACTS_DIR, by default beside the repository."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def folder() -> Path | None:
    """The folder, or None where it is not."""
    found = Path(os.environ.get("FACTS_DIR") or ROOT.parent / "shared" / "facts")
    return found if (found / "facts.yaml").is_file() else None
