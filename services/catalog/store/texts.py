"""The service's own words for people."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from services.catalog.store.files import DATA, Data, DataFault, read_yaml
from services.catalog.store.sources import Sureness
from shared.texts import Lang, Text


class Texts(Data):
    """texts.yaml."""

    confidence: Mapping[Sureness, Text]
    kinds: Mapping[str, Text]
    levels: Mapping[str, Text]
    areas: Mapping[str, Text]
    who_may: Mapping[str, Text]
    apply: Mapping[bool, Text]
    no_national_form: Text
    rate_known: Text
    rate_unknown: Text
    rate_history: Text
    rate_unverified: Text
    unverified: Text
    disclaimer: Text
    units: Mapping[str, Text]

    def amount(self, number: int | float, unit: str, lang: Lang) -> str:
        """A number with its unit in words."""
        written = f"{number:,}".replace(",", "\N{NO-BREAK SPACE}") if isinstance(number, int) else f"{number:.2f}"
        return self.units[unit].in_(lang).format(n=written if lang is Lang.EN else written.replace(".", ","))


def in_words(day: date, lang: Lang) -> str:
    """A day as people write it."""
    return day.strftime("%d %B %Y").lstrip("0") if lang is Lang.EN else f"{day.day}.{day.month}.{day.year}"


def read_texts(file: Path = DATA / "texts.yaml", *, used: Mapping[str, set[str]]) -> Texts:
    """The words, one for everything in `used` (name of the table, ids). Raises DataFault."""
    texts = read_yaml(file, Texts)
    for name, ids in used.items():
        if missing := sorted(ids - getattr(texts, name).keys()):
            raise DataFault(file, name, f"no text for {missing}")
    return texts
