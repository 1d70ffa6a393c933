"""The cases of the rights, services/rights/data/cases/<right>.yaml: what a family tells, and what must come out. Written from the law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from services.rights.domain.fact import Origin, value_of
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.tree import Value
from services.rights.domain.verdict import Judgement, Verdict, judge
from services.rights.store.files import DATA, Data, DataFault, read_yaml
from services.rights.store.laws import references
from services.rights.store.rulebook import Rulebook, rulebook

CASES = DATA / "cases"
NOT_READ = "not read"


class ReadLaw(Data):
    """A place in the law, and the date of the copy that was read (false: none was)."""

    ref: str
    read: date | Literal[False]


class CaseFile(Data):
    """One case as the file has it."""

    name: str = Field(min_length=10)
    law: str
    on: date
    facts: dict[str, Any]
    not_known: list[str] = Field(default=[])
    verdict: Verdict
    missing: list[str] | None = None
    from_register: list[str] | None = None

    @model_validator(mode="before")
    @classmethod
    def _on_is_a_word(cls, stated: Any) -> Any:
        """YAML 1.1 reads the bare word `on` as true."""
        return (
            {"on" if key is True else key: value for key, value in stated.items()}
            if isinstance(stated, dict)
            else stated
        )


class CasesFile(Data):
    """The cases of one right."""

    right: str
    law: list[ReadLaw]
    cases: list[CaseFile] = Field(min_length=1)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One case of a right, ready to be judged."""

    right: str
    stated: CaseFile
    known: Mapping[str, Value]
    situation: Situation

    def got(self, rule: Rule, book: Rulebook) -> str:
        """What comes out where it differs from what is expected, else nothing."""
        judgement = judge(rule, self.situation, book.vocabulary)
        pairs = self._pairs(judgement)
        return "; ".join(
            f"{name}: expected {_words(want)}, got {_words(out)}" for name, want, out in pairs if want != out
        )

    def _pairs(self, judgement: Judgement) -> Iterator[tuple[str, object, object]]:
        yield "verdict", self.stated.verdict, judgement.verdict
        if self.stated.missing is not None:
            yield "missing", frozenset(self.stated.missing), judgement.missing
        if self.stated.from_register is not None:
            yield "from_register", frozenset(self.stated.from_register), judgement.from_register


def _words(said: object) -> str:
    return str(sorted(said)) if isinstance(said, frozenset) else str(said)


def read_cases(file: Path, book: Rulebook) -> tuple[Case, ...]:
    """The cases of a file. Raises DataFault."""
    content = read_yaml(file, CasesFile)
    if content.right != file.stem or content.right not in book.rules:
        raise DataFault(file, "right", f"{content.right!r} is not the right that the file is named after")
    names = [case.name for case in content.cases]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise DataFault(file, "cases", f"two cases are called {twice[0]!r}")
    for place, case in enumerate(content.cases):
        for path, reason in _faults(case, book):
            raise DataFault(file, f"cases.{place}.{path}", reason)
    laws = [(f"law.{place}.ref", law.ref) for place, law in enumerate(content.law)]
    laws += [(f"cases.{place}.law", case.law) for place, case in enumerate(content.cases) if case.law != NOT_READ]
    for path, law in laws:
        _check_law(file, path, law, book)
    return tuple(_case(content.right, case, book) for case in content.cases)


@cache
def all_cases() -> Mapping[str, tuple[Case, ...]]:
    """The cases of every right that has a file."""
    book = rulebook()
    return {file.stem: read_cases(file, book) for file in sorted(CASES.glob("*.yaml"))}


def _check_law(file: Path, path: str, law: str, book: Rulebook) -> None:
    try:
        references(law, book.acts)
    except ValueError as fault:
        raise DataFault(file, path, str(fault)) from fault


def _faults(case: CaseFile, book: Rulebook) -> Iterator[tuple[str, str]]:
    for fact in (*case.facts, *case.not_known, *(case.missing or ()), *(case.from_register or ())):
        if fact not in book.vocabulary:
            yield "facts", f"unknown fact {fact!r}"
        elif book.vocabulary[fact].origin is Origin.DERIVED:
            yield "facts", f"{fact} follows from others and is never stated"
    for fact, stated in case.facts.items():
        if fault := _value_fault(fact, stated, book):
            yield f"facts.{fact}", fault
    if both := sorted(case.facts.keys() & set(case.not_known)):
        yield "not_known", f"{both[0]} has a value"


def _value_fault(fact: str, stated: object, book: Rulebook) -> str | None:
    try:
        value = value_of(book.vocabulary[fact], stated)
    except ValueError as fault:
        return str(fault)
    chosen = value if isinstance(value, frozenset) else {value}
    allowed = book.facts[fact].values
    return f"{stated!r} is none of {allowed}" if allowed and not chosen <= set(allowed) else None


def _case(right: str, case: CaseFile, book: Rulebook) -> Case:
    known = {fact: value_of(book.vocabulary[fact], stated) for fact, stated in case.facts.items()}
    situation = book.situation(known, case.on, not_known=frozenset(case.not_known))
    return Case(right, case, known, situation)
