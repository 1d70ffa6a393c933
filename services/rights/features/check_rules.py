"""Everything that can be said of a set of rules before they are in force: what is wrong, what is open, and how much there is."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.rights.store.files import DataFault, Place
from services.rights.store.findings import Finding, expired, findings
from services.rights.store.laws import references
from services.rights.store.rulebook import Rulebook, read_rulebook
from services.rights.store.written import counted, missing_texts


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and the counts in lines of words."""

    findings: Sequence[Finding]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def faults(self) -> list[Finding]:
        """What keeps the rules from being used."""
        return [each for each in self.findings if each.is_fault]


def check_rules(place: Place, on: date, only: Collection[str] | None = None) -> Report:
    """The rules of a folder or a pack, or those of some rights only. Rules that cannot be read are reported, with nothing else."""
    try:
        book = read_rulebook(place)
    except DataFault as fault:
        return Report([_unread(each, place) for each in (fault, *fault.more)])
    rights = {right_id: right for right_id, right in book.rights.items() if only is None or right_id in only}
    found = [*findings(book, only), *expired(book, on), *missing_texts(rights, book.right_texts)]
    return Report(found, _counts(book, on))


def _unread(fault: DataFault, place: Place) -> Finding:
    file = str(fault.file).removeprefix(f"{place}/")
    return Finding(file, fault.path or "the whole file", fault.reason, is_fault=True)


def _counts(book: Rulebook, on: date) -> Mapping[str, Mapping[str, int]]:
    nodes = [node for right in book.rights.values() for _, node in right.nodes]
    places = [each for node in nodes if node.law for each in references(node.law, book.acts)]
    return {
        "rights": Counter(right.confidence for right in book.rights.values()),
        "versions": {
            "all": sum(map(len, book.versions.values())),
            f"in force on {on}": len(book.rules_on(on)),
        },
        "nodes": {
            "all": len(nodes),
            "assess": sum(node.assess is not None for node in nodes),
            "rare": sum(node.rare is not None for node in nodes),
            "redundant": sum(node.redundant is not None for node in nodes),
        },
        "legal references": Counter("none" if each.act is None else each.was_read.value for each in places),
        **_by_language(counted(book.rights, book.right_texts)),
    }


def _by_language(found: Mapping[tuple[str, str], int]) -> Mapping[str, Mapping[str, int]]:
    lines: dict[str, dict[str, int]] = {}
    for (language, state), number in sorted(found.items()):
        lines.setdefault(f"texts {language}", {})[state] = number
    return lines
