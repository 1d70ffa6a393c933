"""Norway's public holidays (helligdager og likestilte dager), from the library that keeps them."""

from collections.abc import Container
from datetime import date

import holidays


class PublicHolidays(Container[date]):
    """Whether a day is a public holiday in Norway. Sundays that are nothing else are not among them."""

    def __init__(self) -> None:
        self._days = holidays.country_holidays("NO")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in self._days
