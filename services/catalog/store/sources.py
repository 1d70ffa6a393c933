"""What every data file says about itself: where it was read, and how sure it is."""

from datetime import date
from typing import Literal

from services.catalog.store.files import Data

Sureness = Literal["sourced", "uncertain", "memory"]


class SourceFile(Data):
    """Where something was read, and what day the copy is from: a date, a month, a year, or not known."""

    title: str
    at: str
    as_of: date | str | int | None
