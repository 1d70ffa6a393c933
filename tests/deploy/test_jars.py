"""The lock of the broker's jars is checked, and an unknown or changed jar starts nothing."""

import hashlib
from pathlib import Path

import pytest

from deploy.local import jars
from deploy.local.jars import Changed, JarStore, locked
from deploy.local.process import StartFailed


def store_of(folder: Path, content: dict[str, bytes]) -> JarStore:
    lock = folder / "jgo.lock.toml"
    entries = [
        f'[[dependencies]]\ngroupId = "org.example"\nartifactId = "{name}"\nversion = "1"\npackaging = "jar"\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        for name, data in content.items()
    ]
    lock.write_text("\n".join(entries))
    kept = folder / "jars"
    kept.mkdir()
    for name, data in content.items():
        (kept / f"{name}-1.jar").write_bytes(data)
    return JarStore(kept, lock)


def test_jars_as_locked_are_accepted(tmp_path: Path) -> None:
    store_of(tmp_path, {"one": b"1" * 100, "two": b"2" * 100}).ensure()


def test_a_changed_byte_is_found_before_the_start(tmp_path: Path) -> None:
    store = store_of(tmp_path, {"one": b"1" * 100, "two": b"2" * 100})
    (store.folder / "two-1.jar").write_bytes(b"2" * 99 + b"3")

    with pytest.raises(Changed, match=r"1 of 2 jars .* two-1\.jar"):
        store.ensure()


def test_without_network_the_first_start_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMLOS_MAVEN_URL", "http://127.0.0.1:9")
    store = store_of(tmp_path, {"one": b"1"})
    (store.folder / "one-1.jar").unlink()

    with pytest.raises(StartFailed, match="The first start needs the network"):
        store.ensure()
    assert list(store.folder.iterdir()) == []


def test_the_lock_names_every_jar_by_hash_and_no_address() -> None:
    text = jars.LOCK.read_text()
    assert "http" not in text
    entries = locked()
    assert len({jar.file for jar in entries}) == len(entries) > 40
    assert all(len(jar.sha256) == 64 for jar in entries)
    assert {"kafka_2.13-4.3.1.jar", "slf4j-simple-1.7.36.jar"} <= {jar.file for jar in entries}
