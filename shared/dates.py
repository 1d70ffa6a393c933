"""Days and ages as the law counts them: Europe/Oslo, ages turn at 00:00."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
MONTHS_A_YEAR = 12


def oslo_day(at: datetime) -> date:
    """The calendar day in Europe/Oslo of a timezone-aware moment."""
    return at.astimezone(OSLO).date()


def age_on(birth: date, day: date) -> int:
    """Whole years lived on that day; negative before the birth. Born 29 February: a year older on 1 March in a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def months_on(birth: date, day: date) -> int:
    """Whole months lived on that day."""
    return (day.year - birth.year) * MONTHS_A_YEAR + day.month - birth.month - (day.day < birth.day)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on (or back); the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_lived(birth: date, months: int) -> date:
    """The first day on which so many whole months are lived, as `months_on` counts them: a month without the day gives the first of the
    next one, so that whoever is born 29 February is a year older on 1 March in a common year."""
    years, month = divmod(birth.month - 1 + months, MONTHS_A_YEAR)
    year = birth.year + years
    if birth.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, birth.day)
    return add_months(date(year, month + 1, 1), 1)


def birthday(birth: date, age: int) -> date:
    """The first day on which someone is so old."""
    return day_lived(birth, age * MONTHS_A_YEAR)
