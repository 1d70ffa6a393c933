"""What people read beside an application, from `data/words.yaml`."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from services.applications.store.files import DATA, read
from shared.dates import oslo_day
from shared.texts import Lang, Text


class Wordings(BaseModel):
    """All the sentences, by what they are for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: dict[str, Text]
    register_facts: dict[str, Text]
    states: dict[str, Text]
    faults: dict[str, Text]
    statuses: dict[str, Text]
    outcomes: dict[str, Text]
    superseded: dict[str, Text]
    sent_already: dict[str, Text]
    no_national_form: Text
    authorities: dict[str, Text]
    months: dict[Lang, tuple[str, ...]]
    day: Text = Field(description="how a day is written; {day}, {month} and {year}")

    def written(self, at: datetime, lang: Lang) -> str:
        """The day of a moment in Norway, written out."""
        return self.written_day(oslo_day(at), lang)

    def written_day(self, day: date, lang: Lang) -> str:
        """A day written out."""
        return self.day.in_(lang).format(day=day.day, month=self.months[lang][day.month - 1], year=day.year)


def load() -> Wordings:
    """The sentences. Raises BadDataFile."""
    return read(DATA / "words.yaml", Wordings)
