"""Rates (satser) as dated intervals. A generated copy of the rights service's file."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import ConfigDict, Field

from services.catalog.store.files import DATA, Data, read_yaml
from services.catalog.store.sources import SourceFile, Sureness
from shared.texts import Text


class IntervalFile(Data):
    """One value, from a day (included) until a day (not included)."""

    start: date = Field(alias="from")
    until: date | None
    value: int | float
    verified_until: date | None
    confidence: Sureness | None = None
    derived: str | None = None


class RateFile(Data):
    """One rate through time, oldest first; a gap is a time whose value is not known."""

    id: str
    name: Text
    unit: str
    law: str
    confidence: Sureness
    sources: list[SourceFile]
    values: list[IntervalFile]
    note: str | None = None

    def on(self, day: date) -> IntervalFile | None:
        """The value of the day, or None."""
        return next(
            (each for each in self.values if each.start <= day and (each.until is None or day < each.until)), None
        )

    def before(self, day: date) -> IntervalFile | None:
        """The last value that ended by the day: history."""
        ended = [each for each in self.values if each.until is not None and each.until <= day]
        return ended[-1] if ended else None


class RatesMeta(Data):
    """When the figures were put together."""

    model_config = ConfigDict(extra="ignore")

    compiled_on: date
    disclaimer: str


class RatesFile(Data):
    """rates.yaml."""

    meta: RatesMeta
    rates: list[RateFile]


def read_rates(file: Path = DATA / "rates.yaml") -> tuple[RatesMeta, Mapping[str, RateFile]]:
    """When they were compiled, and every rate by its id. Raises DataFault."""
    found = read_yaml(file, RatesFile)
    return found.meta, {rate.id: rate for rate in found.rates}
