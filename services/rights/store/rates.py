"""Rates (satser) as dated intervals, each with its law, its sources and how sure it is."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from pydantic import Field

from services.rights.domain.rate import Interval, Rate
from services.rights.store.files import DATA, Data, DataFault, Place, read_yaml
from services.rights.store.trees import ConfidenceName, Number
from shared.texts import Text


class SourceFile(Data):
    """Where something was read, and what day the copy is from."""

    title: str
    at: str
    as_of: date | str | int | None


class IntervalFile(Data):
    """One value, from a day (included) until a day (not included)."""

    start: date = Field(alias="from")
    until: date | None
    value: Number
    verified_until: date | None
    confidence: ConfidenceName | None = None
    derived: str | None = None


class RateFile(Data):
    """One rate as the file has it."""

    id: str
    name: Text
    unit: str
    law: str
    confidence: ConfidenceName
    sources: list[SourceFile]
    values: list[IntervalFile]
    note: str | None = None


class RatesFile(Data):
    """rates.yaml."""

    meta: dict[str, Any]
    rates: list[RateFile]


def read_rates(file: Place = DATA / "rates.yaml") -> Mapping[str, RateFile]:
    """Every rate by its id. Raises DataFault."""
    rates = read_yaml(file, RatesFile).rates
    for place, rate in enumerate(rates):
        for earlier, later in pairwise(rate.values):
            if earlier.until is None or not earlier.start < earlier.until <= later.start:
                raise DataFault(
                    file,
                    f"rates.{place}.values",
                    f"{rate.id}: the interval from {earlier.start} does not end before {later.start}",
                )
    found: dict[str, RateFile] = {}
    for place, rate in enumerate(rates):
        if found.setdefault(rate.id, rate) is not rate:
            raise DataFault(file, f"rates.{place}.id", f"two rates are called {rate.id!r}")
    return found


def history_of(rate: RateFile) -> Rate:
    """The rate as the decisions use it."""
    intervals = tuple(Interval(each.start, each.until, each.value, each.verified_until) for each in rate.values)
    return Rate(rate.id, rate.unit, intervals, "; ".join(source.title for source in rate.sources))
