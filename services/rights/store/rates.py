"""Rates (satser) as dated intervals, each with its law, its sources and how sure it is."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import Field

from services.rights.domain.rate import Interval, Rate
from services.rights.store.files import DATA, Data, DataFault, read_yaml
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


def read_rates(file: Path = DATA / "rates.yaml") -> Mapping[str, RateFile]:
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
    return {rate.id: rate for rate in rates}


def history_of(rate: RateFile) -> Rate:
    """The rate as the decisions use it."""
    return Rate(rate.id, rate.unit, tuple(Interval(each.start, each.until, each.value) for each in rate.values))
