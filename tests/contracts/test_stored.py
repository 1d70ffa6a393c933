"""What the code says is what was accepted. After a wanted change: `make contracts`, and look at the diff. (Walls: test_walls.py.)"""

import difflib

import pytest

from tests.contracts.stored import OWNER, STORED, contracts, copies, rendered, stored_paths
from tests.contracts.write import refusals

PATHS = sorted(path for path in {*contracts(), *stored_paths()} if not path.startswith("walls/"))


@pytest.mark.parametrize("path", PATHS)
def test_a_contract_is_as_accepted(path):
    now = rendered(contracts()[path]).splitlines() if path in contracts() else []
    then = (STORED / path).read_text().splitlines() if (STORED / path).exists() else []
    changes = list(difflib.unified_diff(then, now, "accepted", "now", lineterm="", n=2))
    assert changes == [], "make contracts, if this is meant:\n" + "\n".join(changes[:60])


def test_nothing_that_others_rely_on_is_taken_away():
    assert refusals(contracts()) == []


def test_every_copy_of_the_vocabulary_is_the_owners_byte_for_byte():
    assert [copy for copy in copies() if copy.read_bytes() != OWNER.read_bytes()] == []


def test_the_vocabulary_is_that_of_the_facts(facts_folder):
    assert OWNER.read_bytes() == (facts_folder / "facts.yaml").read_bytes()
