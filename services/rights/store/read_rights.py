"""Reading rules/: every file, and what in it leads nowhere, stands twice or contradicts itself."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import pairwise

from services.rights.domain.confidence import Confidence
from services.rights.domain.exceptions import clashing
from services.rights.store.facts import FactFile, atom_fault, domains_of
from services.rights.store.files import DataFault, Place, files_in, read_yaml
from services.rights.store.laws import ActFile, references
from services.rights.store.rates import RateFile
from services.rights.store.rights import RightFile, VersionFile
from services.rights.store.trees import NodeFile, labelled, to_node, walk

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """What a right may refer to."""

    facts: Mapping[str, FactFile]
    rates: Mapping[str, RateFile]
    organisations: Set[str]
    acts: Mapping[str, ActFile]

    @property
    def units(self) -> Mapping[str, str]:
        """The unit of each rate."""
        return {rate.id: rate.unit for rate in self.rates.values()}


def read_rights(folder: Place, around: Around) -> Mapping[str, RightFile]:
    """Every right by its id, checked against what it refers to. Raises DataFault, with every other fault of the folder."""
    files = files_in(folder)
    if not files:
        raise DataFault(folder, "", "no rights here")
    rights: dict[str, RightFile] = {}
    found: list[DataFault] = []
    for file in files:
        try:
            rights[file.stem] = read_yaml(file, RightFile)
        except DataFault as fault:
            found.append(fault)
    ids = {file.stem for file in files}
    for name, right in rights.items():
        found += (DataFault(folder / f"{name}.yaml", path, reason) for path, reason in faults(right, name, around, ids))
    if found:
        raise DataFault(found[0].file, found[0].path, found[0].reason, tuple(found[1:]))
    return rights


def faults(right: RightFile, name: str, around: Around, ids: Set[str]) -> Iterator[Fault]:
    """What keeps the right from being judged or explained: where, and why. `ids`: every right there is."""
    if right.id != name:
        yield "id", f"{right.id} is not the file's name"
    yield from _of_nodes(right, around)
    yield from _of_authorities(right, around)
    yield from _of_laws(right, around)
    for below, version in right.versions:
        yield from _of_ids(version, below)
        yield from _of_paths(version, below)
        yield from _of_exceptions(version, below, around)
    yield from _of_time(right)
    for place, amount in enumerate(right.amounts):
        if amount.rate is not None and amount.rate not in around.rates:
            yield f"amounts.{place}.rate", f"unknown rate {amount.rate!r}"
    for kind, others in right.links:
        yield from ((f"links.{kind}", f"no right {other!r}") for other in others if other not in ids)


def _of_nodes(right: RightFile, around: Around) -> Iterator[Fault]:
    for path, node in _every_node(right):
        if node.fact is not None and (fault := atom_fault(node, around.facts, around.units)):
            yield path, fault


def _of_authorities(right: RightFile, around: Around) -> Iterator[Fault]:
    stated = [("authority", right.authority), ("complaint.body", right.complaint.body)]
    stated += [(f"{path}.by", node.by) for path, node in _every_node(right) if node.by is not None]
    yield from (
        (path, f"unknown authority {authority!r}")
        for path, authority in stated
        if authority not in around.organisations
    )


def _of_laws(right: RightFile, around: Around) -> Iterator[Fault]:
    stated = [(f"{path}.law", node.law) for path, node in right.nodes if node.law is not None]
    stated.append(("complaint.law", right.complaint.law))
    for below, version in right.versions:
        turns = (("begins", version.begins), ("ends", version.ends))
        stated += [(f"{below}{name}.law", turn.law) for name, turn in turns if turn is not None]
    for path, law in stated:
        try:
            references(law, around.acts)
        except ValueError as fault:
            yield path, str(fault)


def _of_ids(version: VersionFile, below: str) -> Iterator[Fault]:
    nodes = list(walk(version.when, f"{below}when"))
    yield from ((path, "the node has no id") for path, node in nodes if node.id is None)
    for node_id, times in Counter(node.id for _, node in nodes).items():
        if node_id is not None and times > 1:
            yield next(path for path, node in nodes if node.id == node_id), f"{times} nodes are called {node_id!r}"


def _of_paths(version: VersionFile, below: str) -> Iterator[Fault]:
    there = {path for path, _ in walk(version.when, "when")}
    for place, path in enumerate(version.unverified):
        if path.split(".")[0] == "when" and path not in there:
            yield f"{below}unverified.{place}", f"{path} leads nowhere"


def _of_exceptions(version: VersionFile, below: str, around: Around) -> Iterator[Fault]:
    """Of exceptions that could apply at once nobody could say which counts."""
    for path, node in walk(version.when, f"{below}when"):
        if node.exceptions is None:
            continue
        whens = [each.when for each in node.exceptions]
        if any(each.fact is not None and each.fact not in around.facts for when in whens for _, each in walk(when, "")):
            continue  # said already, of the fact
        parts = {
            f"exceptions.{place}.when": to_node(when, path, confidence=Confidence.SOURCED, doubted=frozenset())
            for place, when in enumerate(whens)
        }
        for one, other in clashing(labelled(node, parts), domains_of(around.facts)):
            yield path, f"{node.id}: the exceptions {one!r} and {other!r} can apply at once"


def _of_time(right: RightFile) -> Iterator[Fault]:
    """Versions in the order of their days: none begins before the one before it has ended."""
    paths = [(f"{below}valid", version.valid) for below, version in right.versions]
    for path, valid in paths:
        if valid.start is not None and valid.until is not None and valid.until <= valid.start:
            yield path, f"it ends ({valid.until}) before it begins ({valid.start})"
    ordered = sorted(paths, key=lambda each: (each[1].start is not None, each[1].start))
    for (_, earlier), (path, later) in pairwise(ordered):
        if earlier.until is None or later.start is None or later.start < earlier.until:
            yield (
                path,
                f"from {later.start or 'ever'}, and the version before it until {earlier.until or 'no day'}: they overlap",
            )


def _every_node(right: RightFile) -> Iterator[tuple[str, NodeFile]]:
    yield from right.nodes
    for place, node in enumerate(right.relevant_when):
        yield from walk(node, f"relevant_when.{place}")
