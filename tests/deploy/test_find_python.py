"""What `make` says when the Python at hand is too old, or none."""

import subprocess
import sys
from pathlib import Path

from deploy.local.layout import ROOT

SCRIPT = ROOT / "deploy" / "local" / "find-python.sh"


def ask(path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", SCRIPT], env={"PATH": str(path), **environment}, capture_output=True, text=True, check=False
    )


def program(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def test_a_python_that_is_too_old_is_named_in_a_sentence(tmp_path: Path) -> None:
    program(tmp_path, "python3", 'case "$2" in *print*) echo 3.9 ;; *) exit 1 ;; esac')

    answer = ask(tmp_path)

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "Sømløs needs Python 3.11 or newer" in answer.stderr
    assert "python3 is 3.9" in answer.stderr


def test_no_python_at_all_is_said_too(tmp_path: Path) -> None:
    answer = ask(tmp_path)
    assert answer.returncode == 1
    assert "Sømløs needs Python 3.11 or newer, and none was found" in answer.stderr


def test_a_name_that_runs_nothing_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path, "python3.11", "echo 'no such version is installed' >&2; exit 127")
    (tmp_path / "python3").symlink_to(sys.executable)

    answer = ask(tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert Path(answer.stdout.strip()).exists()


def test_one_may_say_which_python(tmp_path: Path) -> None:
    assert ask(tmp_path, PYTHON=sys.executable).returncode == 0
