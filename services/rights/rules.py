"""For whoever writes rules, rates or texts: what is wrong with them, what is open, and how much there is.

python -m services.rights.rules            every right
python -m services.rights.rules RIGHT…     some of them
"""

import sys
from collections.abc import Iterator, Sequence

from services.rights.features.check_rules import Report, check_rules
from services.rights.store.files import DATA, Place
from shared.clock import SystemClock
from shared.dates import oslo_day


def main(names: Sequence[str], place: Place = DATA) -> int:
    """`make rules`: the rules that the service ships, today; with names, those of these rights only. 1 when there is a fault."""
    report = check_rules(place, oslo_day(SystemClock().now()), names or None)
    sys.stdout.write("\n".join(_lines(report)) + "\n")
    return 1 if report.faults else 0


def _lines(report: Report) -> Iterator[str]:
    """The report for whoever called: what was found, then how much there is."""
    yield from map(str, report.findings)
    for what, numbers in report.counts.items():
        yield f"{what}: {', '.join(f'{number} {name}' for name, number in numbers.items())}"
    faults = len(report.faults)
    yield f"{faults} faults, {len(report.findings) - faults} warnings"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
