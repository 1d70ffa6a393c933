"""What a reader of the rules should know before they are in force: what cannot be right, and what is open."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.rights.domain.confidence import Confidence
from services.rights.domain.derived import derive
from services.rights.domain.fact import Origin, Type
from services.rights.domain.possible import Domains, never_false, never_true, unreachable
from services.rights.domain.tree import Known, Node, RateRef, atoms
from services.rights.store.facts import domains_of
from services.rights.store.files import RULES
from services.rights.store.rights import RightFile
from services.rights.store.rulebook import Rulebook
from services.rights.store.trees import NodeFile, to_node, walk

_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one node (or whatever the place is called) of one file. What is no fault is a warning."""

    file: str
    node: str
    what: str
    is_fault: bool = False

    def __str__(self) -> str:
        return f"{'FAULT' if self.is_fault else 'warning'}  {self.file}: {self.node}: {self.what}"


def findings(book: Rulebook, only: Collection[str] | None = None) -> list[Finding]:
    """What is to be said of the rules themselves, or of some rights only: the same on every day."""
    domains = domains_of(book.facts)
    found = [
        each
        for right in book.rights.values()
        if only is None or right.id in only
        for each in (*_laws(right), *_trees(right, domains))
    ]
    return found if only is not None else [*found, *_facts(book)]


def expired(book: Rulebook, on: date) -> list[Finding]:
    """The rates that trees compare with and that nobody has verified for the day."""
    return [
        Finding("rates.yaml", rate_id, f"{what}; used by {', '.join(users)}", is_fault)
        for rate_id, users in _rates_used(book, on).items()
        for what, is_fault in _rate(book, rate_id, on)
    ]


def _laws(right: RightFile) -> Iterator[Finding]:
    for path, node in right.nodes:
        if not node.parts and node.law is None:
            yield Finding(_file(right), _name(path, node), "no legal reference", is_fault=True)


def _trees(right: RightFile, domains: Domains) -> Iterator[Finding]:
    for below, version in right.versions:
        tree = to_node(version.when, "when", confidence=Confidence.SOURCED, doubted=frozenset())
        top, constant = _name(f"{below}when", version.when), False
        for never, what in ((never_true(tree, domains), "true"), (never_false(tree, domains), "false")):
            if never:
                constant = True
                yield Finding(_file(right), top, f"it can never be {what}", is_fault=True)
            if never is None:
                yield Finding(_file(right), top, f"too big to say whether it can be {what}")
        if not constant:
            yield from _unreachable(_file(right), version.when, unreachable(tree, domains))


def _unreachable(file: str, top: NodeFile, found: Collection[Node]) -> Iterator[Finding]:
    """What never decides and is not marked so, and what is marked so and decides."""
    redundant, never = {node.id for _, node in walk(top, "") if node.redundant}, {node.id for node in found}
    for node in sorted(never - redundant):
        yield Finding(
            file, node, "it is unreachable: whatever is known, the outcome is the same without it", is_fault=True
        )
    for each in sorted(map(str, redundant - never)):
        yield Finding(file, each, "it is marked as redundant, and the outcome needs it", is_fault=True)


def _facts(book: Rulebook) -> Iterator[Finding]:
    used = {fact for right in book.rights.values() for fact in _facts_of(right)}
    for fact in book.facts.values():
        used |= {guard.fact for guard in fact.ask_when if guard.fact} | set(fact.derived_from)
    for fact_id in sorted(book.facts.keys() - used):
        yield Finding("facts.yaml", fact_id, "no rule uses the fact")
    derived = {fact_id for fact_id, fact in book.facts.items() if fact.origin is Origin.DERIVED}
    for fact_id in sorted(derived ^ _produced(book)):
        yield Finding("facts.yaml", fact_id, "nothing works out the fact, or it is worked out and told", is_fault=True)


def _produced(book: Rulebook) -> set[str]:
    """The facts that are worked out when every date is known."""
    dates: Known = {fact_id: _ANY_DAY for fact_id, fact in book.facts.items() if fact.type is Type.DATE}
    return set(derive(dates, _ANY_DAY, vocabulary=book.vocabulary, school_start=book.school_start)) - set(dates)


def _facts_of(right: RightFile) -> Iterator[str]:
    for node in (*(node for _, node in right.nodes), *right.relevant_when):
        if node.fact is not None:
            yield node.fact


def _rates_used(book: Rulebook, on: date) -> Mapping[str, list[str]]:
    """Each rate that a tree in force compares with, and the nodes that do."""
    used: dict[str, list[str]] = {}
    for right_id, rule in book.rules_on(on).items():
        for atom in atoms(rule.tree):
            for bound in (each.bound for each in atom.comparisons):
                if isinstance(bound, RateRef):
                    used.setdefault(bound.id, []).append(f"{right_id} {atom.id}")
    return used


def _rate(book: Rulebook, rate_id: str, on: date) -> Iterator[tuple[str, bool]]:
    """A value that has ended is a fault, unless the rate's note explains why there is no new one."""
    history = book.histories[rate_id]
    interval, last = history.on(on), history.before(on)
    if interval is None and last is None:
        yield "it has no value", False
    elif interval is None and last is not None:
        yield f"its last value ended on {last.end}", book.rates[rate_id].note is None
    elif interval is not None and interval.verified_until is None:
        yield "nobody has verified its value", False
    elif interval is not None and interval.verified_until is not None and interval.verified_until < on:
        yield f"it was verified until {interval.verified_until}", False


def _file(right: RightFile) -> str:
    return f"{RULES}/{right.id}.yaml"


def _name(path: str, node: NodeFile) -> str:
    return node.id or path
