"""Rates as half-open intervals: a gap is a time whose value is not known."""

from datetime import date

import pytest

from services.rights.domain.rate import Interval, Rate, rates_on

RATE = Rate(
    "sats",
    "NOK/year",
    (
        Interval(date(2022, 1, 1), date(2023, 1, 1), 8232),
        Interval(date(2024, 1, 1), date(2025, 1, 1), 9024),
    ),
)
OPEN = Rate("aldersgrense", "years", (Interval(date(2026, 7, 28), None, 26),))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), 8232),
        (date(2022, 12, 31), 8232),
        (date(2023, 1, 1), None),
        (date(2024, 12, 31), 9024),
        (date(2025, 1, 1), None),
    ],
)
def test_a_rate_has_a_value_from_its_first_day_to_the_day_before_its_end(day, value):
    now = RATE.on(day)
    assert (now.value if now else None) == value


@pytest.mark.parametrize(
    ("day", "value"), [(date(2022, 6, 1), None), (date(2023, 1, 1), 8232), (date(2026, 11, 24), 9024)]
)
def test_what_has_ended_is_history(day, value):
    past = RATE.before(day)
    assert (past.value if past else None) == value


def test_only_rates_with_a_value_on_the_day_are_there():
    assert rates_on([RATE, OPEN], date(2026, 11, 24)) == {"aldersgrense": 26}
    assert rates_on([RATE, OPEN], date(2024, 5, 1)) == {"sats": 9024}
