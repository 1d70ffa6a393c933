"""What the code says is what was accepted. After a wanted change: `make contracts`, and look at the diff. (Walls: test_walls.py.)"""

import difflib

import pytest

from tests.contracts.copies import OWNED, copies
from tests.contracts.stored import OWNER, ROOT, STORED, contracts, rendered, stored_paths
from tests.contracts.write import refusals

PATHS = sorted(path for path in {*contracts(), *stored_paths()} if not path.startswith("walls/"))


@pytest.mark.parametrize("path", PATHS)
def test_a_contract_is_as_accepted(path):
    now = rendered(contracts()[path]).splitlines() if path in contracts() else []
    then = (STORED / path).read_text().splitlines() if (STORED / path).exists() else []
    changes = list(difflib.unified_diff(then, now, "accepted", "now", lineterm="", n=2))
    if changes:
        pytest.fail("make contracts, if this is meant:\n" + "\n".join(changes[:60]), pytrace=False)


def test_nothing_that_others_rely_on_is_taken_away():
    assert refusals(contracts()) == []


def test_every_copy_is_the_owners_byte_for_byte():
    assert [str(each.copy.relative_to(ROOT)) for each in copies() if not each.is_as_owned] == []


def test_a_copy_that_is_old_missing_or_left_behind_is_renewed(tmp_path):
    for path, owner, keepers in OWNED:
        for service in (owner, *keepers):
            file = tmp_path / "services" / service / "data" / path / ("" if "." in path else "a.yaml")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"of {service}")
    (tmp_path / "services/catalog/data/rates.yaml").unlink()
    (tmp_path / "services/catalog/data/rules/gone.yaml").write_text("of a right that is no more")
    for each in copies(tmp_path):
        each.renew()
    assert all(each.is_as_owned for each in copies(tmp_path))
    assert (tmp_path / "services/catalog/data/rates.yaml").read_text() == "of rights"
    assert [file.name for file in (tmp_path / "services/catalog/data/rules").iterdir()] == ["a.yaml"]


def test_the_vocabulary_is_that_of_the_facts(facts_folder):
    assert OWNER.read_bytes() == (facts_folder / "facts.yaml").read_bytes()
