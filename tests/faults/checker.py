"""The history checker: what the clients were told, held against the tables, the topics and the APIs.

report = check(history, seen)
report.faults        one line for each thing that is lost, doubled, out of order or left behind; empty when all is well
report.checked       how many things of each kind were looked at: a check that looked at nothing says 0
"""

from tests.faults import checks_of_events, checks_of_projections, checks_of_writes
from tests.faults.history import History
from tests.faults.report import Report
from tests.faults.seen import Seen

CHECKS = {**checks_of_writes.CHECKS, **checks_of_events.CHECKS, **checks_of_projections.CHECKS}


def check(history: History, seen: Seen) -> Report:
    """Every check there is."""
    report = Report()
    for what, one in CHECKS.items():
        report.checked[what] = 0
        for fault in one(history, seen):
            report.checked[what] += 1
            if fault is not None:
                report.faults.append(f"{what}: {fault}")
    return report
