"""Whether conditions leave a right open at an age."""

import pytest

from services.catalog.domain.condition import AtLeast, Bound, Open, Opposite, open_at
from services.catalog.store.catalogue import catalogue

UNDER_18 = Bound("child_age", "below", 18)
FROM_16 = Bound("child_age", "at_least", 16)


@pytest.mark.parametrize(
    ("condition", "age", "expected"),
    [
        (UNDER_18, 17, True),
        (UNDER_18, 18, False),
        (Opposite(UNDER_18), 17, False),
        (AtLeast(2, [FROM_16, UNDER_18]), 16, True),
        (AtLeast(2, [FROM_16, UNDER_18]), 15, False),
        (AtLeast(2, [UNDER_18, Open()]), 18, False),
        (AtLeast(1, [UNDER_18, Open()]), 18, True),
        (Bound("child_age_turning_this_year", "at_most", 18), 18, True),
        (Bound("child_age_turning_this_year", "at_most", 18), 19, False),
        (Bound("child_age_turning_this_year", "at_least", 2), 1, True),
        (Bound("child_age_turning_this_year", "at_least", 2), 0, False),
        (Bound("child_age_months", "at_most", 14), 1, True),
        (Bound("child_age_months", "at_most", 14), 2, False),
    ],
)
def test_an_age_closes_what_it_rules_out_and_nothing_else(condition, age, expected):
    assert open_at(condition, age) is expected


@pytest.mark.parametrize(
    ("service", "open_ages", "closed_ages"),
    [
        ("ufoeretrygd", [18, 40], [3, 9]),
        ("vergemaal-ved-18", [17, 18], [3]),
        ("hjelpestonad", [0, 9, 17, 40], []),
        ("utvidet-barnetrygd", [0, 17], [19]),
    ],
)
def test_the_real_services_are_open_at_the_ages_they_are_for(service, open_ages, closed_ages):
    condition = catalogue().conditions[service]
    assert [age for age in open_ages if not open_at(condition, age)] == []
    assert [age for age in closed_ages if open_at(condition, age)] == []
