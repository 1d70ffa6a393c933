"""Which organisations decide a complaint."""

import pytest

from services.status.domain.appeal_body import Organisation, appeal_bodies

HERE = {
    each.orgnr: each
    for each in (
        Organisation("1", "municipality", "34"),
        Organisation("2", "municipality", "18"),
        Organisation("3", "county", "34"),
        Organisation("4", "statsforvalter", "34"),
        Organisation("5", "statsforvalter", "18"),
        Organisation("6", "nav", None),
        Organisation("7", "nav_klageinstans", None),
    )
}
WITHIN = {"municipal_appeals_board": "municipality"}


@pytest.mark.parametrize(
    ("kind", "authority", "found"),
    [
        ("statsforvalter", "1", ("4",)),  # the county of the municipality
        ("statsforvalter", "2", ("5",)),
        ("statsforvalter", "3", ("4",)),
        ("statsforvalter", "6", ()),  # a national authority has no county, so no governor is chosen for it
        ("nav_klageinstans", "6", ("7",)),
        ("nav_klageinstans", "1", ("7",)),
        ("municipal_appeals_board", "1", ("1",)),  # a part of the municipality
        ("municipal_appeals_board", "3", ()),
        ("trygderetten", "6", ()),
        ("nav_klageinstans", "unknown", ("7",)),
        ("statsforvalter", "unknown", ()),
    ],
)
def test_the_kind_and_the_county_decide(kind, authority, found):
    assert appeal_bodies(kind, authority, HERE, WITHIN) == found


def test_a_board_of_its_own_goes_before_the_authoritys_number():
    board = {**HERE, "8": Organisation("8", "municipal_appeals_board", "34")}
    assert appeal_bodies("municipal_appeals_board", "1", board, WITHIN) == ("8",)
