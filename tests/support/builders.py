"""Made-up persons and organisations: numbers that are valid and that no one has."""

import secrets
from collections.abc import Iterator
from datetime import date

from stdnum.no import fodselsnummer
from stdnum.no import orgnr as organisation_numbers

SYNTHETIC_MONTH = 80
TURN_OF_CENTURY = 2000


def national_id(born: date, *, female: bool | None = None) -> str:
    """A synthetic national identity number (month + 80) of someone born that day; a new one each time, as far as chance goes."""
    return secrets.choice(
        [number for number in numbers_of(born) if female is None or (int(number[8]) % 2 == 0) == female]
    )


def numbers_of(born: date, added_to_month: int = SYNTHETIC_MONTH) -> list[str]:
    """Every valid number of that day."""
    return list(_numbers(born, added_to_month))


def _numbers(born: date, added_to_month: int) -> Iterator[str]:
    day = f"{born.day:02d}{born.month + added_to_month:02d}{born.year % 100:02d}"
    for serial in range(500, 1000) if born.year >= TURN_OF_CENTURY else range(500):
        digits = f"{day}{serial:03d}"
        first = fodselsnummer.calc_check_digit1(digits)
        second = fodselsnummer.calc_check_digit2(digits + first) if len(first) == 1 else ""
        if len(second) == 1:
            yield digits + first + second


def orgnr() -> str:
    """A synthetic organisation number: it begins with 3, a series that no organisation has."""
    while True:
        number = f"3{secrets.randbelow(10**8):08d}"
        if organisation_numbers.is_valid(number):
            return number
