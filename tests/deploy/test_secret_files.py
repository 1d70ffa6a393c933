"""Passwords and keys: made once, for their owner's eyes only, and never made anew in silence."""

import json
from pathlib import Path

import pytest

from deploy.local import secret_files
from deploy.local.layout import Layout
from deploy.local.process import StartFailed
from shared.auth.tokens import read_key, read_public_keys


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    return Layout(state=tmp_path / "state", cache=tmp_path / "cache")


def test_a_password_stays_the_same_and_nobody_else_can_read_it(where: Layout) -> None:
    first = secret_files.passwords(where.secrets / "kafka", ["admin", "rights"])
    again = secret_files.passwords(where.secrets / "kafka", ["admin", "rights"])
    assert first == again
    assert first["admin"] != first["rights"]
    assert {(file.stat().st_mode & 0o777) for file in (where.secrets / "kafka").iterdir()} == {0o600}


def test_an_empty_secret_is_a_fault_and_is_not_replaced(where: Layout) -> None:
    secret_files.passwords(where.secrets / "kafka", ["admin"])
    (where.secrets / "kafka" / "admin").write_text("")
    with pytest.raises(StartFailed, match="is empty"):
        secret_files.passwords(where.secrets / "kafka", ["admin"])


def test_the_published_key_is_the_public_half(where: Layout) -> None:
    secret_files.signing_keys(where, ["gateway", "mapping"])
    private = json.loads((where.signing / "gateway.jwk.json").read_text())
    public = json.loads((where.keys / "gateway.public.jwk.json").read_text())
    assert "d" not in public
    assert public == {name: value for name, value in private.items() if name != "d"}


def test_the_services_can_read_the_keys(where: Layout) -> None:
    secret_files.signing_keys(where, ["gateway", "mapping"])
    assert set(read_public_keys(where.keys)) == {"gateway", "mapping"}
    assert read_key(where.signing / "gateway.jwk.json").is_private
