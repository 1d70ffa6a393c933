"""What is sealed opens in its own place with its person's key, until that is destroyed; then nowhere, ever."""

import secrets
import shutil
from uuid import uuid4

import pytest

from shared.crypto import FileKeyProvider, Sealer, lookup, read_hex_key
from shared.domain import Erased

MASTER = secrets.token_bytes(32)
PERSON, ROW = uuid4(), uuid4()
PLACE = ("note", "words", ROW)


def sealer(folder, service="mapping", master=MASTER):
    return Sealer(FileKeyProvider(folder, service, master))


def test_what_is_sealed_opens(tmp_path):
    sealed = sealer(tmp_path).seal(PERSON, "Hun liker å tegne.".encode(), PLACE)
    assert b"tegne" not in sealed
    assert sealer(tmp_path).unseal(PERSON, sealed, PLACE).decode() == "Hun liker å tegne."


def test_the_same_words_are_sealed_differently_each_time(tmp_path):
    one = sealer(tmp_path)
    assert one.seal(PERSON, b"yes", PLACE) != one.seal(PERSON, b"yes", PLACE)


@pytest.mark.parametrize("place", [("other", "words", ROW), ("note", "other", ROW), ("note", "words", uuid4())])
def test_a_value_that_was_moved_does_not_open(tmp_path, place):
    one = sealer(tmp_path)
    with pytest.raises(ValueError, match="moved"):
        one.unseal(PERSON, one.seal(PERSON, b"x", PLACE), place)


def test_a_value_that_was_changed_does_not_open(tmp_path):
    one = sealer(tmp_path)
    sealed = one.seal(PERSON, b"x", PLACE)
    with pytest.raises(ValueError, match="changed"):
        one.unseal(PERSON, sealed[:-1] + bytes([sealed[-1] ^ 1]), PLACE)


def test_another_persons_key_does_not_open_it(tmp_path):
    one, other = sealer(tmp_path), uuid4()
    one.seal(other, b"y", PLACE)
    with pytest.raises(ValueError, match="changed"):
        one.unseal(other, one.seal(PERSON, b"x", PLACE), PLACE)


def test_an_erased_person_can_be_neither_read_nor_written(tmp_path):
    one = sealer(tmp_path)
    sealed = one.seal(PERSON, b"x", PLACE)
    one.keys.destroy(PERSON)
    with pytest.raises(Erased):
        one.unseal(PERSON, sealed, PLACE)
    with pytest.raises(Erased):
        one.seal(PERSON, b"x", PLACE)


def test_an_erasure_by_one_process_is_seen_by_the_other_that_has_the_key_in_memory(tmp_path):
    api, worker = sealer(tmp_path), sealer(tmp_path)
    sealed = api.seal(PERSON, b"x", PLACE)
    worker.keys.destroy(PERSON)
    with pytest.raises(Erased):
        api.unseal(PERSON, sealed, PLACE)


def test_a_restored_key_file_does_not_bring_an_erased_person_back(tmp_path):
    one = sealer(tmp_path / "live")
    sealed = one.seal(PERSON, b"x", PLACE)
    shutil.copytree(tmp_path / "live", tmp_path / "backup")
    one.keys.destroy(PERSON)
    shutil.copytree(tmp_path / "backup", tmp_path / "live", dirs_exist_ok=True)
    with pytest.raises(Erased):
        sealer(tmp_path / "live").unseal(PERSON, sealed, PLACE)


def test_erasing_one_leaves_the_others(tmp_path):
    one, other = sealer(tmp_path), uuid4()
    sealed = one.seal(other, b"x", PLACE)
    one.keys.destroy(PERSON)
    assert one.unseal(other, sealed, PLACE) == b"x"


def test_each_service_has_a_key_of_its_own_for_a_person(tmp_path):
    mapping, rights = sealer(tmp_path), sealer(tmp_path, "rights")
    sealed = mapping.seal(PERSON, b"x", PLACE)
    rights.seal(PERSON, b"x", PLACE)
    with pytest.raises(ValueError, match="changed"):
        rights.unseal(PERSON, sealed, PLACE)


def test_a_key_that_was_never_made_reads_nothing(tmp_path):
    with pytest.raises(Erased):
        sealer(tmp_path).unseal(PERSON, b"\x01" + bytes(40), PLACE)


def test_data_keys_lie_wrapped_and_private(tmp_path):
    one = sealer(tmp_path)
    one.seal(PERSON, b"x", PLACE)
    [file] = (tmp_path / "mapping").glob("*.key")
    assert file.stat().st_mode & 0o077 == 0
    assert one.keys.data_key(PERSON, create=False) not in file.read_bytes()
    with pytest.raises(ValueError, match="changed"):
        sealer(tmp_path, master=secrets.token_bytes(32)).unseal(PERSON, one.seal(PERSON, b"x", PLACE), PLACE)


def test_a_lookup_needs_its_key():
    assert (
        lookup(MASTER, "14838836047") == lookup(MASTER, "14838836047") != lookup(secrets.token_bytes(32), "14838836047")
    )


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31, "ab" * 33])
def test_a_key_file_holds_thirty_two_bytes(tmp_path, text):
    (tmp_path / "key").write_text(text)
    with pytest.raises(ValueError, match=r"hex|32-byte"):
        read_hex_key(tmp_path / "key")
