"""`python -m services.rights.bulk OLD NEW PEOPLE`: what a change of rules does to the people of a file.

OLD and NEW are folders as `services/rights/data`; PEOPLE is a file with one person a line, as JSON: `{"birth_date": "2017-04-21", …}`, each
fact by its id. The people are read a part at a time, so that the file may be of any size.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import orjson

from services.rights.bulk.columns import NotAValue, people_of
from services.rights.bulk.difference import FEWEST, Difference, Judged, Row, compare
from services.rights.bulk.verdicts import Crowd
from services.rights.domain.rate import rates_on
from services.rights.store.files import DataFault
from services.rights.store.rulebook import Rulebook, read_rulebook
from shared.dates import OSLO

AT_ONCE = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Reads, compares and tells; 1 when something cannot be read."""
    chosen = _parser().parse_args(arguments)
    try:
        books = read_rulebook(chosen.old), read_rulebook(chosen.new)
        difference = difference_of(books, chosen.people, chosen.on)
    except (DataFault, NotAValue, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"{difference.people} people on {chosen.on}; numbers under {FEWEST} are not told.\n")
    for row in difference.rows():
        sys.stdout.write(told(row) + "\n")
    return 0


def difference_of(books: tuple[Rulebook, Rulebook], people: Path, day: date) -> Difference:
    """The difference between two rulebooks for the people of a file. Raises NotAValue with the lines it stands in."""
    difference = Difference()
    for first, part in _parts(people):
        try:
            old, new = (_judged(book, part, day) for book in books)
        except NotAValue as fault:
            raise NotAValue(f"{people}: lines {first}–{first + len(part) - 1}: {fault}") from fault
        compare(old, new, len(part), difference)
        sys.stderr.write(f"{difference.people} people judged\n")
    return difference


def told(row: Row) -> str:
    """One move as a line."""
    way = "gains" if row.move.gains else "loses"
    before, after = (each or "(no such right)" for each in (row.move.before, row.move.after))
    nodes = ", ".join(node if many is None else f"{node} ({many})" for node, many in row.nodes)
    return f"{row.move.right}: {_number(row.number)} {way}: {before} → {after}" + (f"; at {nodes}" if nodes else "")


def _number(number: int | None) -> str:
    return f"fewer than {FEWEST}" if number is None else str(number)


def _judged(book: Rulebook, told: list[dict[str, object]], day: date) -> Mapping[str, Judged]:
    rules = book.rules_on(day)
    people = people_of(told, book.facts, day, book.school_start)
    found = Crowd(people, rates_on(book.histories.values(), day)).verdicts(rules)
    return {right: Judged(rule, found[right]) for right, rule in rules.items()}


def _parts(file: Path) -> Iterator[tuple[int, list[dict[str, object]]]]:
    """So many people at a time, with the line the first stands on."""
    first = 1
    with file.open("rb") as lines:
        while part := list(islice(lines, AT_ONCE)):
            yield first, [_person(line, first + place) for place, line in enumerate(part)]
            first += len(part)


def _person(line: bytes, number: int) -> dict[str, object]:
    try:
        person = orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        raise NotAValue(f"line {number}: {fault}") from fault
    if not isinstance(person, dict):
        raise NotAValue(f"line {number}: facts by their ids are expected")
    return person


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m services.rights.bulk", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("old", type=Path, help="the rules as they are: a folder as services/rights/data")
    parser.add_argument("new", type=Path, help="the rules as they would be")
    parser.add_argument("people", type=Path, help="one person a line, as JSON: facts by their ids")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=datetime.now(OSLO).date(), help="the day; default today"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
