"""Makes `.venv` from the hash-pinned lock, once per lock. Standard library only: it runs before anything is installed."""

import fcntl
import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"
STAMP = VENV / ".installed"
PYTHON = VENV / "bin" / "python"
SHOWN_EVERY = 25


def main() -> int:
    """Install what the lock says, or say in a sentence why not."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    (ROOT / ".local").mkdir(exist_ok=True)
    with (ROOT / ".local" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if STAMP.exists() and STAMP.read_text() == digest:
            STAMP.touch()
            return 0
        began = time.monotonic()
        code = make() or packages() or ourselves()
        if code == 0:
            STAMP.write_text(digest)
            say(f"Installed after {time.monotonic() - began:.0f} s.")
    return code


def make() -> int:
    """The virtual environment itself, unless it is there and works."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    ):
        return 0
    say(f"Making a virtual environment in {VENV} with Python {sys.version.split()[0]}.")
    return subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode


def packages() -> int:
    """Every package of the lock, its hash checked."""
    total = sum(1 for line in LOCK.read_text().splitlines() if "==" in line and not line.startswith((" ", "#")))
    say(f"Installing {total} packages (each checked against its hash; some 300 MB, once).")
    code, seen = pip("install", "--require-hashes", "-r", str(LOCK), total=total)
    if code != 0:
        say("\n".join(seen[-15:]))
        say(
            "The packages could not be installed. The first time needs the network (or a package index that pip is told of: PIP_INDEX_URL)."
        )
    return code


def ourselves() -> int:
    """The command `somlos`, which runs this folder's code."""
    code, seen = pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    if code != 0:
        say("\n".join(seen[-15:]))
    return code


def pip(*arguments: str, total: int = 0) -> tuple[int, list[str]]:
    """Run pip; its lines are counted, not shown."""
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        *arguments,
        "--progress-bar",
        "off",
    ]
    seen: list[str] = []
    count = 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            seen.append(line.rstrip())
            if line.startswith("Collecting "):
                count += 1
                if count % SHOWN_EVERY == 0:
                    say(f"  {count} of {total}")
            if line.startswith("Installing collected packages"):
                say("  unpacking")
    return child.returncode, seen


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
