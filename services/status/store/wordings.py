"""What people read about a case, from `data/words.yaml`."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from services.status.domain.outlook import Since
from services.status.store.files import DATA, read
from shared.counting import Length, Unit
from shared.texts import Lang, Text


class _Lengths(BaseModel):
    """One unit of time, in the singular and in the plural."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    one: Text
    many: Text = Field(description="{n} is the number")


class Wordings(BaseModel):
    """All the sentences, by what they are for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statuses: dict[str, Text]
    steps: dict[str, Text]
    awaited: dict[str, Text]
    deadlines: dict[str, Text]
    arithmetic: dict[str, Text]
    since: dict[Since, Text] = Field(description="what happened on the day that a time limit is counted from")
    and_: Text = Field(alias="and", description="between the last two of several laws")
    lengths: dict[Unit, _Lengths]
    months: dict[Lang, tuple[str, ...]]
    day: Text = Field(description="how a day is written; {day}, {month} and {year}")

    def written(self, day: date, lang: Lang) -> str:
        """A day written out."""
        return self.day.in_(lang).format(day=day.day, month=self.months[lang][day.month - 1], year=day.year)

    def joined(self, parts: Sequence[str], lang: Lang) -> str:
        """Several in a row: a, b and c."""
        return self.and_.in_(lang).join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)

    def length(self, length: Length, lang: Lang) -> str:
        """A length of time in words."""
        words = self.lengths[length.unit]
        return words.one.in_(lang) if length.value == 1 else words.many.in_(lang).format(n=length.value)


def load() -> Wordings:
    """The sentences. Raises BadDataFile."""
    return read(DATA / "words.yaml", Wordings)
