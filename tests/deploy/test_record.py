"""One supervisor per state folder, and what is known of it afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from deploy.local import record
from deploy.local.down import down
from deploy.local.layout import Layout
from deploy.local.record import Lock, Record, Running


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    return Layout(state=tmp_path / "state", cache=tmp_path / "cache")


def test_a_second_one_learns_who_holds_the_lock(where: Layout) -> None:
    first, second = Lock(where), Lock(where)
    assert first.take()
    assert not second.take()
    assert second.holder() == os.getpid()
    first.release()
    assert second.holder() is None
    assert second.take()
    second.release()


def test_the_lock_of_a_killed_process_is_free(where: Layout) -> None:
    program = f"""
from pathlib import Path
from deploy.local.layout import Layout
from deploy.local.record import Lock
import signal
lock = Lock(Layout(Path({str(where.state)!r}), Path({str(where.cache)!r})))
assert lock.take()
print("taken", flush=True)
signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "taken\n"
        lock = Lock(where)
        assert lock.holder() == other.pid
        other.kill()
        other.wait()
    assert lock.take()
    lock.release()


def test_a_record_is_read_as_it_was_written_and_a_torn_one_is_none(where: Layout) -> None:
    written = Record(1, 5.9, (Running("kafka", 2, 3.5, 19092, "kafka.log"),))
    record.write(where, written)
    assert record.read(where) == written
    where.page.write_text('{"pid": 1')
    assert record.read(where) is None


def test_orphans_of_a_killed_supervisor_are_ended_where_the_kernel_does_not(
    where: Layout,
) -> None:
    with subprocess.Popen([sys.executable, "-S", "-c", "import signal; signal.pause()"]) as orphan:
        stranger = Running("rights", os.getpid(), record.born(os.getpid()) - 1000, None, "")
        left = Running("status", orphan.pid, record.born(orphan.pid), None, "")
        record.write(where, Record(1, None, (stranger, left)))

        record.sweep(where, gone_within_s=0)

        assert orphan.wait() == -9
    assert psutil.pid_exists(os.getpid())
    assert record.read(where) is None


def test_down_without_a_cluster_is_a_sentence_and_no_fault(where: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    assert down(where) == 0
    assert capsys.readouterr().out == "Sømløs is not running here.\n"
