"""The page that `make up` prints."""

import os
from pathlib import Path

import pytest

from deploy.local.layout import Layout
from deploy.local.page import render
from deploy.local.record import Record, Running, born


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOMLOS_GATEWAY_PORT", "9080")
    own = Running("supervisor", os.getpid(), born(os.getpid()), None, "")
    gone = Running("applications-worker", 2**22 + 1, 0.0, None, str(tmp_path / "applications-worker.log"))
    return render(Layout(tmp_path, tmp_path), Record(os.getpid(), 5.94, (gone, own)))


def test_it_says_where_everything_is_and_what_to_do_next(page: str, tmp_path: Path) -> None:
    for text in ("http://localhost:9080/docs", "make demo", "make down", str(tmp_path), "applications-worker.log"):
        assert text in page


def test_it_says_how_long_it_took_and_what_it_weighs(page: str) -> None:
    assert "Ready after 5.9 s." in page
    assert "in all" in page
    assert " 0 MB" in next(line for line in page.splitlines() if "applications-worker" in line)


def test_columns_stand_below_each_other(page: str) -> None:
    lines = [line for line in page.splitlines() if " MB" in line]
    assert len({line.index(" MB") for line in lines}) == 1
