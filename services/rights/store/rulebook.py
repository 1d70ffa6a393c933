"""Everything the service ships, read and checked as one: the rules and the words to explain them with."""

from bisect import bisect_right
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from services.rights.domain.derived import SchoolStart, derive
from services.rights.domain.fact import Vocabulary
from services.rights.domain.lasting import Lasting
from services.rights.domain.links import InCircle, in_order
from services.rights.domain.rate import Interval, Rate, ended_on, intervals_on, stale_on
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Said, Situation, situation
from services.rights.domain.tree import Known, Rates
from services.rights.domain.version import Version
from services.rights.store.facts import FactFile, read_facts, vocabulary_of
from services.rights.store.files import DATA, RIGHT_TEXTS, RULES, Data, DataFault, Place, digest_of, read_yaml
from services.rights.store.lasting import Horizon, lasting_of, read_lasting
from services.rights.store.laws import ActFile, read_laws, references
from services.rights.store.organisations import OrganisationFile, read_organisations
from services.rights.store.plain_facts import PlainFact, read_plain_facts
from services.rights.store.rates import RateFile, history_of, read_rates
from services.rights.store.read_rights import Around, read_rights
from services.rights.store.right_texts import RightTexts, read_right_texts
from services.rights.store.rights import LinksFile, RightFile
from services.rights.store.texts import Texts, read_texts
from services.rights.store.versions import versions_of

_DAYS_KEPT = 256


class SchoolStartFile(Data):
    """The day compulsory education begins, and the law."""

    turning: int
    month: int
    day: int
    law: str


class DerivedFile(Data):
    """derived.yaml."""

    school_start: SchoolStartFile


class FormsFile(Data):
    """forms.yaml."""

    forms: list[str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rulebook:
    """The rules by id, in their newest version, with all that they refer to.

    `versions`: each right through time, oldest first. `version_days`: every day on which a version begins or ends, and `in_force` the rules
    before the first of these days, from it, from the next. `order`: every right after those that give access to it, exclude or reduce it.
    `digest` tells what decides here from every other set of rules.
    """

    rules: Mapping[str, Rule]
    versions: Mapping[str, tuple[Version, ...]]
    version_days: tuple[date, ...]
    in_force: tuple[Mapping[str, Rule], ...]
    order: tuple[str, ...]
    digest: str
    rights: Mapping[str, RightFile]
    vocabulary: Vocabulary
    facts: Mapping[str, FactFile]
    histories: Mapping[str, Rate]
    rates: Mapping[str, RateFile]
    organisations: Mapping[str, OrganisationFile]
    acts: Mapping[str, ActFile]
    texts: Texts
    right_texts: Mapping[str, RightTexts]
    plain_facts: Mapping[str, PlainFact]
    forms: frozenset[str]
    school_start: SchoolStart
    lasting: Lasting
    horizon: Horizon

    def rules_on(self, day: date) -> Mapping[str, Rule]:
        """The version of each right that is in force on the day; a right that has none is left out."""
        return self.in_force[bisect_right(self.version_days, day)]

    def version_on(self, right_id: str, day: date) -> Version | None:
        """The version of the right that is in force on the day."""
        return next((version for version in self.versions[right_id] if version.covers(day)), None)

    def situation(
        self,
        known: Known,
        on: date,
        *,
        not_known: Set[str] = frozenset(),
        conflicts: Set[str] = frozenset(),
        expired: Set[str] = frozenset(),
        said: Mapping[str, Said] | None = None,
    ) -> Situation:
        """What is known, with what follows from it on the day (in Europe/Oslo)."""
        complete = derive(known, on, vocabulary=self.vocabulary, school_start=self.school_start)
        rates = _rates(self, on)
        return situation(
            complete,
            on,
            rates=rates.values,
            vocabulary=self.vocabulary,
            not_known=not_known,
            conflicts=conflicts,
            expired=expired,
            said=said or {},
            intervals=rates.intervals,
            ended=rates.ended,
            stale=rates.stale,
        )


@dataclass(frozen=True, slots=True)
class _Rates:
    """The rates of one day."""

    values: Rates
    intervals: Mapping[str, Interval]
    ended: frozenset[str]
    stale: frozenset[str]


@lru_cache(maxsize=_DAYS_KEPT)
def _rates(book: Rulebook, day: date) -> _Rates:
    intervals = intervals_on(book.histories.values(), day)
    values = {rate_id: interval.value for rate_id, interval in intervals.items()}
    ended, stale = ended_on(book.histories.values(), day), stale_on(intervals, day)
    return _Rates(values, intervals, ended, stale)


@cache
def rulebook() -> Rulebook:
    """The rulebook that the service ships, read once. Raises DataFault."""
    return read_rulebook(DATA)


def read_rulebook(place: Place) -> Rulebook:
    """The rulebook of a folder or a pack. Raises DataFault, which stops the start."""
    facts, rates = read_facts(place / "facts.yaml"), read_rates(place / "rates.yaml")
    organisations, acts = read_organisations(place / "organisations.yaml"), read_laws(place / "law.yaml")
    _check_rates(place / "rates.yaml", rates, acts)
    rights = read_rights(place / RULES, Around(facts, rates, organisations.keys(), acts))
    units = {fact.unit for fact in facts.values() if fact.unit} | {rate.unit for rate in rates.values()}
    start = read_yaml(place / "derived.yaml", DerivedFile).school_start
    school_start = SchoolStart(start.turning, start.month, start.day)
    lasting = read_lasting(place / "lasting.yaml", facts=facts)
    vocabulary = vocabulary_of(facts)
    versions = {right_id: versions_of(right, vocabulary) for right_id, right in rights.items()}
    days = _version_days(versions)
    return Rulebook(
        rules={right_id: found[-1].rule for right_id, found in versions.items()},
        versions=versions,
        version_days=days,
        in_force=tuple(_in_force(versions, day) for day in (date.min, *days)),
        order=_order(place, rights),
        digest=digest_of(place),
        rights=rights,
        vocabulary=vocabulary,
        facts=facts,
        histories={rate_id: history_of(rate) for rate_id, rate in rates.items()},
        rates=rates,
        organisations=organisations,
        acts=acts,
        texts=read_texts(place / "texts.yaml", units=units),
        right_texts=read_right_texts(place / RIGHT_TEXTS, rights),
        plain_facts=read_plain_facts(place / "plain_facts.yaml", facts=facts.keys()),
        forms=_forms(place / "forms.yaml", rights),
        school_start=school_start,
        lasting=lasting_of(lasting, school_start),
        horizon=lasting.horizon,
    )


def _version_days(versions: Mapping[str, tuple[Version, ...]]) -> tuple[date, ...]:
    ends = (day for found in versions.values() for version in found for day in (version.start, version.end))
    return tuple(sorted({day for day in ends if day is not None}))


def _in_force(versions: Mapping[str, tuple[Version, ...]], day: date) -> Mapping[str, Rule]:
    found = ((right_id, version) for right_id, each in versions.items() for version in each if version.covers(day))
    return {right_id: version.rule for right_id, version in found}


def _order(place: Place, rights: Mapping[str, RightFile]) -> tuple[str, ...]:
    try:
        return in_order({right_id: _decides_of(right.links) for right_id, right in rights.items()})
    except InCircle as fault:
        file = place / RULES / f"{fault.rights[0]}.yaml"
        raise DataFault(file, "links", f"these wait for each other: {fault}") from fault


def _decides_of(links: LinksFile) -> list[str]:
    return [*links.gives_access_to, *links.excludes, *links.reduces]


def _forms(file: Place, rights: Mapping[str, RightFile]) -> frozenset[str]:
    forms = frozenset(read_yaml(file, FormsFile).forms)
    if unknown := forms - rights.keys():
        raise DataFault(file, "forms", f"no rights {sorted(unknown)}")
    return forms


def _check_rates(file: Place, rates: Mapping[str, RateFile], acts: Mapping[str, ActFile]) -> None:
    """Every law that an answer may name leads to acts that are listed."""
    for rate in rates.values():
        try:
            references(rate.law, acts)
        except ValueError as fault:
            raise DataFault(file, f"{rate.id}.law", str(fault)) from fault
