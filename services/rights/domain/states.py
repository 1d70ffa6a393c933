"""How a node stands, in one small number, so that `all` is a bitwise and, `any` a bitwise or.

What no answer settles (discretion, a rate without a value) is read in two ways: as "no", and as "yes". In each reading a node is false (00),
open (01) or true (11); the upper two bits are the reading as "no", the lower two the reading as "yes". Strong Kleene as an order: `all` is
the lowest of its parts, `any` the highest.
"""

from collections.abc import Sequence
from typing import Final

from services.rights.domain.tree import Truth

State = int
NO: Final = 0b0000
YES: Final = 0b1111
OPEN: Final = 0b0101  # an answer may settle it
DOUBT: Final = 0b0011  # no answer does
_READING: Final = 0b11
_WIDTH: Final = 2

_TURNED: Final = {0b00: 0b11, 0b01: 0b01, 0b10: 0b10, 0b11: 0b00}  # 10 never comes up
NOT: Final[tuple[State, ...]] = tuple(  # what was read as "no" is then read as "yes"
    _TURNED[state & _READING] << _WIDTH | _TURNED[state >> _WIDTH] for state in range(YES + 1)
)


def truth_of(state: State) -> Truth:
    """True and False when it is so in both readings, else unknown."""
    return True if state == YES else False if state == NO else None


def at_least(need: int, states: Sequence[State]) -> State:
    """The `need`-th highest in each reading."""
    low = sorted((state >> _WIDTH for state in states), reverse=True)[need - 1]
    high = sorted((state & _READING for state in states), reverse=True)[need - 1]
    return low << _WIDTH | high


def open_readings(state: State) -> tuple[bool, bool]:
    """Whether an answer may settle it, what no answer settles read as "no", and read as "yes"."""
    return state >> _WIDTH == 1, state & _READING == 1


OPEN_READINGS: Final = tuple(map(open_readings, range(YES + 1)))
