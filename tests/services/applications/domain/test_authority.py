"""Where an application goes."""

import pytest

from services.applications.domain.authority import Organisation, route
from services.applications.domain.errors import AuthorityUnknown

NAV = Organisation("312480018", "nav", {"nb": "Nav"})
HAMAR = Organisation("312482754", "municipality", {"nb": "Hamar"}, kommunenummer="3403")
VAGA = Organisation("312485494", "municipality", {"nb": "Vågå"}, kommunenummer="3435")
INNLANDET = Organisation("312486865", "county", {"nb": "Innlandet"}, county="34")
ALL = (NAV, HAMAR, VAGA, INNLANDET)


@pytest.mark.parametrize(
    ("authority", "kommunenummer", "expected"),
    [
        ("nav", "3403", NAV),
        ("nav", None, NAV),
        ("municipality", "3403", HAMAR),
        ("municipality", "3435", VAGA),
        ("county", "3435", INNLANDET),
    ],
)
def test_the_kind_and_the_place_give_one_organisation(authority, kommunenummer, expected):
    assert route(authority, kommunenummer, ALL) == expected


@pytest.mark.parametrize(
    ("authority", "kommunenummer"),
    [("municipality", "1103"), ("municipality", None), ("county", "1103"), ("county", None), ("helfo", "3403")],
)
def test_there_is_no_default(authority, kommunenummer):
    with pytest.raises(AuthorityUnknown):
        route(authority, kommunenummer, ALL)


def test_two_that_decide_are_none():
    with pytest.raises(AuthorityUnknown):
        route("nav", "3403", (NAV, NAV))
