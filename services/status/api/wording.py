"""Words about a case in the caller's language, marked when they only exist in another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.status.domain.case import Case, CaseStatus
from services.status.domain.counting import Due
from services.status.domain.outlook import Outlook
from services.status.store.authorities import Authorities
from services.status.store.wordings import Wordings
from shared.texts import Lang, Text


class Wording(BaseModel):
    """A text for people. `state` is there only when the text is missing in the language asked for, and then it is Norwegian (nb)."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"example": {"text": "Sendt", "lang": "nb"}})

    text: str = Field(max_length=5000)
    lang: Lang
    state: Literal["missing"] | None = Field(default=None, exclude_if=lambda state: state is None)


@dataclass(frozen=True, slots=True)
class Speech:
    """What it takes to word things for one caller."""

    lang: Lang
    sentences: Wordings
    authorities: Authorities

    def of(self, words: Mapping[str, str] | Text, **filled: str) -> Wording:
        """The words in the caller's language, else in Bokmål."""
        text = words if isinstance(words, Text) else Text.model_validate(dict(words))
        found = text.in_(self.lang)
        for name, value in filled.items():
            found = found.replace("{" + name + "}", value)
        return (
            Wording(text=found, lang=self.lang)
            if text.has(self.lang)
            else Wording(text=found, lang=Lang.NB, state="missing")
        )

    def authority(self, case: Case, *, protected: bool) -> Wording:
        """Who has the case; for a protected address only which kind of authority."""
        return self.of(self.authorities.name(case.authority_kind, None if protected else case.authority_org))

    def step(self, status: CaseStatus, who: Wording) -> Wording:
        """One step of the timeline."""
        return self.of(self.sentences.steps[status], who=who.text)

    def awaited(self, case: Case, who: Wording) -> Wording:
        """Whose move it is."""
        return self.of(self.sentences.awaited[case.awaited], who=who.text)

    def outlook(self, outlook: Outlook, who: Wording, today: date) -> Wording:
        """One duty of the authority: the law's own words, and how a last day was found where there is one."""
        deadline = outlook.deadline
        said = self.of(self.sentences.deadlines.get(deadline.id) or deadline.what, who=who.text)
        more = [self.of(words, **filled).text for words, filled in self._reasons(outlook, today)]
        return said.model_copy(update={"text": " ".join([said.text, *more])})

    def _reasons(self, outlook: Outlook, today: date) -> Iterable[tuple[Text, dict[str, str]]]:
        sentences, deadline = self.sentences.arithmetic, outlook.deadline
        if outlook.due:
            yield from self._arithmetic(outlook.due, today)
        if not deadline.law.startswith("none:"):
            yield sentences["law"], {"law": deadline.law}
        if deadline.confidence != "sourced":
            yield sentences["uncertain"], {}

    def _arithmetic(self, due: Due, today: date) -> Iterable[tuple[Text, dict[str, str]]]:
        sentences, written = self.sentences.arithmetic, self.sentences.written
        if due.deadline.length:
            yield sentences["last_day"], {"date": written(due.last_day, self.lang)}
            yield (
                sentences["counted"],
                {
                    "length": self.sentences.length(due.deadline.length, self.lang),
                    "start": written(due.starts, self.lang),
                },
            )
        if due.moved_from:
            yield sentences["moved"], {"raw": written(due.moved_from, self.lang)}
        if due.approximate:
            yield sentences["approximate"], {}
        if due.is_past(today):
            yield sentences["past"], {}
