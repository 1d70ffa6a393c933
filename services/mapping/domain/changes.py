"""What a PATCH of the profile asks for, checked all or nothing, and the statements it comes to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.mapping.domain.access import Asker
from services.mapping.domain.facts import BadValue, Fact, FactSubject, Value, Vocabulary, checked
from services.mapping.domain.law import Groups
from services.mapping.domain.profile import Key, Speaker, SpeakerKind, State, Statement
from shared.domain import FieldFault, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as asked for. `subject`: left out for the child, the caller and the caller's home."""

    fact: str
    subject: str | None = None
    state: State = State.KNOWN
    value: object = None
    valid_from: date | None = None
    share: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is asked for: of which child, by whom, within which groups, at which version of the profile."""

    child: UUID
    asker: Asker
    groups: Groups
    entries: Sequence[Entry]
    version: int


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """A guardian that the teller may tell of, the guardian's home, and in which groups."""

    person: UUID
    home: UUID
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who tells, of which child, in which groups of the child's facts; `guardians`: those it may speak for, as it names them."""

    speaker: Speaker
    child: UUID
    born: date
    groups: Groups
    guardians: Mapping[str, SpokenFor]
    shares: bool = True


Faulty = tuple[FieldFault, ...]


def statements(
    entries: Iterable[Entry],
    teller: Teller,
    vocabulary: Vocabulary,
    *,
    at: datetime,
    today: date,
    new_id: Callable[[], UUID],
) -> list[Statement]:
    """One statement for each entry. Raises InvalidInput naming `facts.<i>.<field>` of every entry at fault."""
    told: list[Statement] = []
    faults: list[FieldFault] = []
    seen: set[Key] = set()
    for index, entry in enumerate(entries):
        answer = _read(entry, teller, vocabulary.get(entry.fact), today)
        if isinstance(answer, Told) and answer.key in seen:
            answer = (FieldFault("fact", "twice", "each fact of a subject once"),)
        if isinstance(answer, Told):
            seen.add(answer.key)
            told.append(_statement(entry, answer, teller, at=at, today=today, row=new_id()))
        else:
            faults += [FieldFault(f"facts.{index}.{f.field}", f.code, f.expected, f.detail) for f in answer]
    if faults:
        raise InvalidInput(*faults)
    return told


@dataclass(frozen=True, slots=True)
class Told:
    """An entry found to be right."""

    key: Key
    value: Value | None


def _statement(entry: Entry, told: Told, teller: Teller, *, at: datetime, today: date, row: UUID) -> Statement:
    own_version = teller.speaker.kind is SpeakerKind.CHILD
    return Statement(
        id=row,
        key=told.key,
        speaker=teller.speaker,
        state=entry.state,
        value=told.value,
        valid_from=entry.valid_from or today,
        said_at=at,
        shared=teller.shares if not own_version or entry.share is None else entry.share,
    )


def _read(entry: Entry, teller: Teller, fact: Fact | None, today: date) -> Told | Faulty:
    """The key and value of an entry, or everything that is wrong with it."""
    if fact is None:
        return (FieldFault("fact", "unknown-fact", "the id of a fact in the vocabulary, GET /mapping/v1/facts"),)
    if not fact.can_be_told:
        return (FieldFault("fact", "not-told", f"a fact that is told; {fact.id} comes from {fact.origin.value}"),)
    key, value = _key(entry, fact, teller), _value(entry, fact)
    faults = [*_time_faults(entry, fact, teller, today), *_sharing_faults(entry, teller)]
    if isinstance(key, FieldFault):
        faults.insert(0, key)
    if isinstance(value, BadValue):
        faults.append(value.at("value"))
    if faults or isinstance(key, FieldFault) or isinstance(value, BadValue):
        return tuple(faults)
    return Told(key, value)


def _key(entry: Entry, fact: Fact, teller: Teller) -> Key | FieldFault:
    if fact.subject is FactSubject.CHILD:
        if entry.subject is not None:
            return FieldFault("subject", "not-for-this-fact", "nothing: the fact is about the child in the address")
        own_version = teller.speaker.kind is SpeakerKind.CHILD
        return (
            Key(fact.id, fact.subject, teller.child)
            if own_version or _may(fact, teller.groups)
            else _beyond(teller.groups)
        )
    found = _guardian(entry, teller)
    if isinstance(found, FieldFault):
        return found
    if not _may(fact, found.groups):
        return _beyond(found.groups)
    match fact.subject:
        case FactSubject.HOUSEHOLD:
            return Key(fact.id, fact.subject, found.home, guardian=found.person)
        case FactSubject.RELATION:
            return Key(fact.id, fact.subject, found.person, child=teller.child, guardian=found.person)
        case _:
            return Key(fact.id, fact.subject, found.person, guardian=found.person)


def _may(fact: Fact, groups: Groups) -> bool:
    return groups is None or fact.group in groups


def _beyond(groups: Groups) -> FieldFault:
    return FieldFault("fact", "not-yours-to-tell", "a fact in " + ", ".join(sorted(groups or ())))


def _guardian(entry: Entry, teller: Teller) -> SpokenFor | FieldFault:
    """Whom the entry speaks for: a guardian for itself, an organisation for the guardian it names; nobody for another guardian."""
    if entry.subject is not None:
        found = teller.guardians.get(entry.subject.lower())
        return found or FieldFault(
            "subject", "not-yours-to-tell", "a guardian you may speak for, as you know that person"
        )
    match teller.speaker.kind:
        case SpeakerKind.GUARDIAN if teller.guardians:
            return next(iter(teller.guardians.values()))
        case SpeakerKind.ORGANISATION:
            return FieldFault("subject", "missing", "the guardian that the fact is about, as you know that person")
        case _:
            return FieldFault(
                "fact", "not-yours-to-tell", "a fact about the child: a guardian tells of itself and its home"
            )


def _value(entry: Entry, fact: Fact) -> Value | BadValue | None:
    if entry.state is State.KNOWN:
        return checked(fact, entry.value)
    return None if entry.value is None else BadValue("unexpected", f"no value with the state {entry.state.value}")


def _time_faults(entry: Entry, fact: Fact, teller: Teller, today: date) -> Iterator[FieldFault]:
    about_child = fact.subject in (FactSubject.CHILD, FactSubject.RELATION)
    first = teller.born if about_child else date.min
    if entry.valid_from is not None and not first <= entry.valid_from <= today:
        since = "from the child's birth " if about_child else ""
        yield FieldFault("valid_from", "out-of-range", f"a day {since}to {today.isoformat()} at the latest")


def _sharing_faults(entry: Entry, teller: Teller) -> Iterator[FieldFault]:
    if entry.share is not None and teller.speaker.kind is not SpeakerKind.CHILD:
        yield FieldFault("share", "not-yours-to-keep", "nothing: only the child itself can keep what it says to itself")
