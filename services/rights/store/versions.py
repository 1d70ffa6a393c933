"""The versions of a right, as they are judged."""

from datetime import date

from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Vocabulary
from services.rights.domain.month_rule import MonthRule
from services.rights.domain.rule import rule
from services.rights.domain.version import Version
from services.rights.store.rights import RightFile, TurnFile, VersionFile
from services.rights.store.trees import to_atom, to_node


def versions_of(right: RightFile, vocabulary: Vocabulary) -> tuple[Version, ...]:
    """Every version of the right, oldest first."""
    found = [_version(right, each, vocabulary) for _, each in right.versions]
    return tuple(sorted(found, key=lambda version: version.start or date.min))


def _version(right: RightFile, version: VersionFile, vocabulary: Vocabulary) -> Version:
    confidence, doubted = Confidence.named(version.confidence), frozenset(version.unverified)
    tree = to_node(version.when, "when", confidence=confidence, doubted=doubted)
    relevant = tuple(to_atom(atom) for atom in right.relevant_when)
    return Version(
        start=version.valid.start,
        end=version.valid.until,
        rule=rule(right.id, right.judged_for, tree, confidence, relevant_when=relevant, vocabulary=vocabulary),
        begins=_turn(version.begins),
        ends=_turn(version.ends),
    )


def _turn(turn: TurnFile | None) -> MonthRule | None:
    return turn.rule if turn else None
