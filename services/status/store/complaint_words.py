"""What people read about complaining, from `data/complaint_words.yaml`."""

from pydantic import BaseModel, ConfigDict

from services.status.domain.case import DecisionOutcome
from services.status.domain.complaint import ComplaintStatus, Outcome
from services.status.store.files import DATA, read
from shared.texts import Text


class ComplaintWords(BaseModel):
    """All the sentences, by what they are for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statuses: dict[ComplaintStatus, Text]
    steps: dict[ComplaintStatus, Text]
    outcomes: dict[Outcome, Text]
    awaited: dict[str, Text]
    decisions: dict[DecisionOutcome | str, Text]
    rights: dict[str, Text]
    deadlines: dict[str, Text]
    faults: dict[str, Text]


def load() -> ComplaintWords:
    """The sentences. Raises BadDataFile."""
    return read(DATA / "complaint_words.yaml", ComplaintWords)
