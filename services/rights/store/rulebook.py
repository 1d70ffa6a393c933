"""Everything the service ships, read and checked as one: the rules and the words to explain them with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from services.rights.domain.confidence import Confidence
from services.rights.domain.derived import SchoolStart, derive
from services.rights.domain.fact import Vocabulary
from services.rights.domain.rate import Rate, rates_on
from services.rights.domain.rule import Rule, rule
from services.rights.domain.situation import Situation, situation
from services.rights.domain.tree import Known
from services.rights.store.facts import FactFile, read_facts, vocabulary_of
from services.rights.store.files import DATA, Data, DataFault, read_yaml
from services.rights.store.laws import ActFile, read_laws, references
from services.rights.store.organisations import OrganisationFile, read_organisations
from services.rights.store.plain_facts import PlainFact, read_plain_facts
from services.rights.store.rates import RateFile, history_of, read_rates
from services.rights.store.rights import RightFile, read_rights
from services.rights.store.texts import Texts, read_texts
from services.rights.store.trees import to_atom, to_node, walk


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


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """The rules by id, with all that they refer to."""

    rules: Mapping[str, Rule]
    rights: Mapping[str, RightFile]
    vocabulary: Vocabulary
    facts: Mapping[str, FactFile]
    histories: Mapping[str, Rate]
    rates: Mapping[str, RateFile]
    organisations: Mapping[str, OrganisationFile]
    acts: Mapping[str, ActFile]
    texts: Texts
    plain_facts: Mapping[str, PlainFact]
    forms: frozenset[str]
    school_start: SchoolStart

    def situation(self, known: Known, on: date) -> Situation:
        """What is known, with what follows from it on the day (in Europe/Oslo)."""
        complete = derive(known, on, vocabulary=self.vocabulary, school_start=self.school_start)
        return situation(complete, on, rates=rates_on(self.histories.values(), on), vocabulary=self.vocabulary)


@cache
def rulebook() -> Rulebook:
    """The rulebook that the service ships, read once. Raises DataFault."""
    return read_rulebook(DATA)


def read_rulebook(folder: Path) -> Rulebook:
    """The rulebook of a folder. Raises DataFault, which stops the start."""
    facts, rates = read_facts(folder / "facts.yaml"), read_rates(folder / "rates.yaml")
    organisations, acts = read_organisations(folder / "organisations.yaml"), read_laws(folder / "law.yaml")
    rights = read_rights(folder / "rights", facts=facts, rates=rates, organisations=organisations.keys())
    _check_laws(folder, rights, rates, acts)
    forms = frozenset(read_yaml(folder / "forms.yaml", FormsFile).forms)
    if unknown := forms - rights.keys():
        raise DataFault(folder / "forms.yaml", "forms", f"no rights {sorted(unknown)}")
    units = {fact.unit for fact in facts.values() if fact.unit} | {rate.unit for rate in rates.values()}
    texts = read_texts(folder / "texts.yaml", units=units)
    vocabulary = vocabulary_of(facts)
    start = read_yaml(folder / "derived.yaml", DerivedFile).school_start
    return Rulebook(
        rules={right_id: _rule(right, vocabulary) for right_id, right in rights.items()},
        rights=rights,
        vocabulary=vocabulary,
        facts=facts,
        histories={rate_id: history_of(rate) for rate_id, rate in rates.items()},
        rates=rates,
        organisations=organisations,
        acts=acts,
        texts=texts,
        plain_facts=read_plain_facts(folder / "plain_facts.yaml", facts=facts.keys()),
        forms=forms,
        school_start=SchoolStart(start.turning, start.month, start.day),
    )


def _rule(right: RightFile, vocabulary: Vocabulary) -> Rule:
    confidence, doubted = Confidence.named(right.confidence), frozenset(right.unverified)
    tree = to_node(right.when, "when", confidence=confidence, doubted=doubted)
    relevant = tuple(to_atom(atom) for atom in right.relevant_when)
    return rule(right.id, right.judged_for, tree, confidence, relevant_when=relevant, vocabulary=vocabulary)


def _check_laws(
    folder: Path, rights: Mapping[str, RightFile], rates: Mapping[str, RateFile], acts: Mapping[str, ActFile]
) -> None:
    """Every law that an answer may name leads to acts that are listed."""
    stated = [
        (folder / "rights" / f"{right.id}.yaml", path, law)
        for right in rights.values()
        for path, law in _laws_of(right)
    ]
    stated += [(folder / "rates.yaml", f"{rate.id}.law", rate.law) for rate in rates.values()]
    for file, path, law in stated:
        try:
            references(law, acts)
        except ValueError as fault:
            raise DataFault(file, path, str(fault)) from fault


def _laws_of(right: RightFile) -> Iterator[tuple[str, str]]:
    yield from ((f"{path}.law", node.law) for path, node in walk(right.when, "when") if node.law is not None)
    yield "complaint.law", right.complaint.law
