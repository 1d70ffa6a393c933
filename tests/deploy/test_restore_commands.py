"""What the operator's commands refuse before they touch anything."""

from pathlib import Path
from uuid import uuid4

import pytest

from deploy.local import backup, empty_topics, restore
from deploy.local.layout import layout
from deploy.local.parts import epoch_command, erase_command
from deploy.local.record import Lock
from deploy.local.topics import declared
from services.mapping import erase
from shared.db import epoch
from tests.support.keys import Keys
from tests.support.running import environment

MOMENT = "2026-11-25T02:15:00+01:00"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of one's own."""
    monkeypatch.setenv("SOMLOS_STATE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "words", [[], ["--to", "2026-11-25T02:15:00"], ["--to", "yesterday"], ["--to", MOMENT, "--latest"]]
)
def test_a_restore_wants_one_moment_with_a_time_zone(state: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        restore.main(words)


def test_nothing_is_restored_under_a_running_cluster(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running = Lock(layout())
    assert running.take()
    try:
        assert restore.main(["--to", MOMENT]) == 1
    finally:
        running.release()
    assert "make down" in capsys.readouterr().err


def test_without_a_backup_nothing_is_touched(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert restore.main(["--latest"]) == 1
    assert "No backup" in capsys.readouterr().err
    assert not (state / "postgres" / "data").exists()


def test_databases_that_are_not_ours_are_left_to_their_owners(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for service in ("MAPPING", "RIGHTS", "APPLICATIONS", "STATUS", "GATEWAY"):
        monkeypatch.setenv(f"DATABASE_URL_{service}", "postgresql+asyncpg://nobody@127.0.0.1:9/none")
    assert (backup.main([]), restore.main(["--latest"])) == (1, 1)
    assert capsys.readouterr().err.count("not ours") == 2


def test_at_least_one_backup_is_kept(state: Path) -> None:
    with pytest.raises(SystemExit):
        backup.main(["--keep", "0"])


def test_the_list_and_the_epochs_stand_outside_databases_and_keys(state: Path) -> None:
    erasing, raising = erase_command(layout(), ["--again"]), epoch_command(layout(), [])
    assert erasing.environment["ERASURES_FILE"] == str(state / "erasures.jsonl")
    assert raising.environment["EPOCHS_FILE"] == str(state / "epochs.json")
    assert "MIGRATION_DATABASE_URL_MAPPING" not in erasing.environment


def test_only_our_own_topics_are_emptied() -> None:
    found = empty_topics.ours(declared())
    assert "somlos.applications.application.v1" in found
    assert [name for name in found if name.startswith("partner.")] == []


def test_whom_to_erase_must_be_said_and_the_list_must_have_a_place(
    tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment("mapping", folder=tmp_path, keys=keys).items():
        monkeypatch.setenv(name, value)
    for words in ([], [str(uuid4())]):
        with pytest.raises(SystemExit):
            erase.main(words)


def test_with_the_database_away_nobody_is_erased_and_the_operator_is_told(
    tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "erasures.jsonl"
    for name, value in {**environment("mapping", folder=tmp_path, keys=keys), "ERASURES_FILE": str(file)}.items():
        monkeypatch.setenv(name, value)
    assert erase.main([str(uuid4())]) == 1
    assert "does not answer" in capsys.readouterr().err
    assert not file.exists()


def test_a_moment_for_telling_again_has_a_time_zone() -> None:
    with pytest.raises(SystemExit):
        epoch.main(["rights", "--tell-again-since", "2026-11-24T00:00:00"])
