"""What one reader is shown of a profile: which facts, and what holds for each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.mapping.domain.facts import FactSubject, Value, Vocabulary
from services.mapping.domain.family import Bond, Person
from services.mapping.domain.law import Groups
from services.mapping.domain.profile import Held, Outcome, Statement, held, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the groups of the child's facts, and the guardians whose own facts are shown, each in its groups.

    `own_version`: the child itself, who sees what it said whatever the groups; `keeps_sensitive`: facts marked sensitive are kept from it.
    """

    person: UUID | None
    child_groups: Groups
    guardians: Mapping[UUID, Groups]
    own_version: bool = False
    keeps_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as shown. `guardian`: whom a guardian's or relation's fact is about. `home`: the household's."""

    fact: str
    kind: FactSubject
    held: Held
    from_register: bool = False
    guardian: UUID | None = None
    home: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A profile as one reader sees it, at one version and one answer of the register."""

    child: UUID
    version: int
    as_of: datetime
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of the history: at most so many statements before this position, of one fact or of all."""

    before: int
    limit: int
    fact: str | None = None


def told_lines(
    statements: Iterable[Statement], reader: Reader, vocabulary: Vocabulary, homes: Mapping[UUID, UUID]
) -> list[Line]:
    """What holds of what was told. `statements`: the newest of each speaker on each thing. `homes`: each guardian's."""
    things: dict[tuple[str, FactSubject, UUID, UUID | None], list[Statement]] = {}
    for s in visible(statements, reader.person):
        if sees(s, reader, vocabulary, homes):
            things.setdefault((s.key.fact, s.key.kind, s.key.subject, s.key.child), []).append(s)
    lines = [_line(kind, fact, subject, held(said)) for (fact, kind, subject, _), said in things.items()]
    return [line for line in lines if line is not None]


def sees(statement: Statement, reader: Reader, vocabulary: Vocabulary, homes: Mapping[UUID, UUID]) -> bool:
    """Whether the reader is shown this statement's fact at all."""
    fact = vocabulary.get(statement.key.fact)
    if fact is None:
        return False
    match statement.key.kind:
        case FactSubject.CHILD:
            said_it = reader.own_version and statement.speaker.person == reader.person
            return said_it or (
                _within(fact.group, reader.child_groups) and not (reader.keeps_sensitive and fact.sensitive)
            )
        case FactSubject.HOUSEHOLD:
            groups = [g for person, g in reader.guardians.items() if homes.get(person) == statement.key.subject]
            return any(_within(fact.group, g) for g in groups)
        case _:
            about = statement.key.guardian
            return about is not None and _within(fact.group, reader.guardians.get(about, frozenset()))


def shown_facts(reader: Reader, vocabulary: Vocabulary) -> frozenset[str]:
    """The facts of the child, and of the guardians and homes that are the reader's own, that a person is shown whoever said them."""
    return frozenset(
        fact.id
        for fact in vocabulary.values()
        if fact.subject is not FactSubject.CHILD
        or (_within(fact.group, reader.child_groups) and not (reader.keeps_sensitive and fact.sensitive))
    )


def _within(group: str, groups: Groups) -> bool:
    return groups is None or group in groups


def _line(kind: FactSubject, fact: str, subject: UUID, what: Held | None) -> Line | None:
    if what is None:
        return None
    guardian = subject if kind in (FactSubject.GUARDIAN, FactSubject.RELATION) else None
    return Line(fact, kind, what, guardian=guardian, home=subject if kind is FactSubject.HOUSEHOLD else None)


def register_lines(
    child: Person, adults: Iterable[tuple[Person, Bond]], reader: Reader, vocabulary: Vocabulary
) -> list[Line]:
    """What the register says, in the same shape; it beats any statement, and nobody can state it."""
    values: list[tuple[str, Value | None, UUID | None]] = [
        ("birth_date", child.born.isoformat(), None),
        ("date_of_death", child.died.isoformat() if child.died else None, None),
        ("stillborn", child.stillborn, None),
        ("lives_in_norway", child.lives_in_norway, None),
    ]
    for adult, bond in adults:
        values += [
            ("parent_birth_date", adult.born.isoformat(), adult.id),
            ("number_of_children", adult.cares_for, adult.id),
            ("parent_has_care_of_child", bond.cares, adult.id),
            ("parent_lives_with_child", bond.lives_with, adult.id),
        ]
    return [
        Line(fact, vocabulary[fact].subject, Held(Outcome.KNOWN, value), from_register=True, guardian=guardian)
        for fact, value, guardian in values
        if value is not None
        and _within(
            vocabulary[fact].group,
            reader.child_groups if guardian is None else reader.guardians.get(guardian, frozenset()),
        )
    ]
