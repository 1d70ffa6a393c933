"""A home is shared by the guardians of one child at one address."""

from uuid import UUID

from services.mapping.domain.household import Home, assign_homes
from tests.services.mapping.domain.made import FATHER, MOTHER

OLD, OLDER, NEW, NEWER = (UUID(int=n) for n in (52, 51, 61, 62))
FRESH = [NEW, NEWER]


def test_guardians_at_one_address_share_a_home():
    homes = assign_homes({MOTHER: "a", FATHER: "a"}, {}, FRESH)
    assert homes[MOTHER] == homes[FATHER] == Home(NEW, "a")


def test_guardians_at_two_addresses_have_a_home_each():
    homes = assign_homes({MOTHER: "a", FATHER: "b"}, {}, FRESH)
    assert {home.id for home in homes.values()} == set(FRESH)


def test_a_known_home_is_kept():
    assert assign_homes({MOTHER: "a"}, {MOTHER: Home(OLD, "a")}, FRESH) == {MOTHER: Home(OLD, "a")}


def test_who_moves_begins_with_an_empty_home_and_the_other_keeps_the_old():
    known = {MOTHER: Home(OLD, "a"), FATHER: Home(OLD, "a")}
    assert assign_homes({MOTHER: "a", FATHER: "b"}, known, FRESH) == {MOTHER: Home(OLD, "a"), FATHER: Home(NEW, "b")}


def test_who_moves_in_shares_the_home_that_is_there():
    known = {MOTHER: Home(OLD, "a"), FATHER: Home(OLDER, "b")}
    assert assign_homes({MOTHER: "a", FATHER: "a"}, known, FRESH)[FATHER] == Home(OLD, "a")


def test_of_two_homes_known_for_one_address_the_oldest_is_kept():
    known = {MOTHER: Home(OLD, "a"), FATHER: Home(OLDER, "a")}
    assert set(assign_homes({MOTHER: "a", FATHER: "a"}, known, FRESH).values()) == {Home(OLDER, "a")}
