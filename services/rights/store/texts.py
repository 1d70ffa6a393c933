"""The service's own words for people."""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Any, get_args

from pydantic import Field

from services.rights.domain.tree import Comparator
from services.rights.domain.verdict import Verdict
from services.rights.store.files import DATA, Data, DataFault, Place, read_yaml
from services.rights.store.rights import WhoMay
from shared.texts import Lang, Text


class ApplyTexts(Data):
    """Whether and how to apply."""

    needed: Text
    not_needed: Text
    no_national_form: Text


class TreeTexts(Data):
    """What a rule demands."""

    all: Text
    any: Text
    n_of: Text
    not_: Text = Field(alias="not")
    every_sibling: Text
    any_sibling: Text
    must_be_yes: Text
    must_be_no: Text
    must_be_value: Text
    must_hold: Text
    must_not_hold: Text
    must_be: Text
    assess: Text


class BecauseTexts(Data):
    """Why something is open."""

    not_asked: Text
    of_register: Text
    not_known: Text
    conflict: Text
    expired: Text
    old_figure: Text
    no_figure: Text


class Texts(Data):
    """texts.yaml."""

    verdicts: Mapping[Verdict, Text]
    uncertain: Mapping[Verdict, Mapping[str, Text]]
    only_rare: Text
    stale: Text
    tree: TreeTexts
    because: BecauseTexts
    faults: Mapping[str, Text]
    no_case: Text
    set_aside: Text
    told_yes: Text
    told_no: Text
    told_value: Text
    known_yes: Text
    known_no: Text
    known_value: Text
    requirement: Text
    none_chosen: Text
    choice: Text
    and_: Text = Field(alias="and")
    or_: Text = Field(alias="or")
    bounds: Mapping[Comparator, Text]
    rate_known: Text
    rate_unknown: Text
    rate_unknown_decides: Text
    rate_history: Text
    rate_unverified: Text
    apply: ApplyTexts
    conflict: Text
    not_shared: Text
    nothing_to_ask: Text
    who_may: Mapping[str, Text]
    units: Mapping[str, Text]

    def amount(self, number: int | float, unit: str | None, lang: Lang) -> str:
        """A number with its unit in words."""
        written = f"{number:,}".replace(",", "\N{NO-BREAK SPACE}") if isinstance(number, int) else f"{number:.2f}"
        if lang is not Lang.EN:
            written = written.replace(".", ",")
        return self.units[unit].in_(lang).format(n=written) if unit else written


def in_words(day: date, lang: Lang) -> str:
    """A day as people write it."""
    return day.strftime("%d %B %Y").lstrip("0") if lang is Lang.EN else f"{day.day}.{day.month}.{day.year}"


def read_texts(file: Place = DATA / "texts.yaml", *, units: Set[str]) -> Texts:
    """The words, one for everything that may be said. Raises DataFault."""
    texts = read_yaml(file, Texts)
    wanted: list[tuple[str, Iterable[str], Mapping[Any, Text]]] = [
        ("verdicts", Verdict, texts.verdicts),
        ("bounds", Comparator, texts.bounds),
        ("who_may", get_args(WhoMay), texts.who_may),
        ("units", units, texts.units),
    ]
    for name, every, said in wanted:
        if missing := sorted(set(every) - said.keys()):
            raise DataFault(file, name, f"no text for {[str(each) for each in missing]}")
    return texts
