"""Words about a case in the caller's language, marked when they only exist in another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.status.domain.case import Case, CaseStatus
from services.status.domain.counting import Due
from services.status.domain.deadline import Deadline, DeadlineKind
from services.status.domain.outlook import Outlook, Since
from services.status.store.acts import Acts
from services.status.store.authorities import Authorities
from services.status.store.complaint_words import ComplaintWords
from services.status.store.wordings import Wordings
from shared.texts import Lang, Text

Sentence = tuple[Text, dict[str, str]]
DUTIES = frozenset({DeadlineKind.ANSWER, DeadlineKind.PRELIMINARY_ANSWER})


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
    complaints: ComplaintWords
    authorities: Authorities
    acts: Acts

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

    def all_of(self, sentences: Iterable[Sentence]) -> Wording:
        """Several sentences as one text."""
        said = [self.of(words, **filled) for words, filled in sentences]
        missing = next((each for each in said if each.state), None)
        text = " ".join(each.text for each in said)
        return missing.model_copy(update={"text": text}) if missing else Wording(text=text, lang=self.lang)

    def organisation(self, kind: str, orgnr: str | None, *, protected: bool) -> Wording:
        """What it is called; for a protected address only which kind it is."""
        return self.of(self.authorities.name(kind, None if protected else orgnr))

    def authority(self, case: Case, *, protected: bool) -> Wording:
        """Who has the case; for a protected address only which kind of authority."""
        return self.organisation(case.authority_kind, case.authority_org, protected=protected)

    def step(self, status: CaseStatus, who: Wording) -> Wording:
        """One step of the timeline."""
        return self.of(self.sentences.steps[status], who=who.text)

    def awaited(self, case: Case, who: Wording) -> Wording:
        """Whose move it is."""
        return self.of(self.sentences.awaited[case.awaited], who=who.text)

    def outlook(self, outlook: Outlook, who: Wording, today: date) -> Wording:
        """One duty of the authority: the law's own words, and how a last day was found where there is one."""
        said = self.of(self._words(outlook.deadline), who=who.text)
        more = [self.of(words, **filled).text for words, filled in self._reasons(outlook, today)]
        return said.model_copy(update={"text": " ".join([said.text, *more])})

    def fault(self, code: str, day: date) -> Text:
        """What is wrong with an input, in every language, with the day in it."""
        words = self.complaints.faults[code].model_dump(exclude_none=True)
        written = {
            lang: text.replace("{date}", self.sentences.written(day, Lang(lang))) for lang, text in words.items()
        }
        return Text.model_validate(written)

    def day(self, day: date) -> str:
        """A day written out."""
        return self.sentences.written(day, self.lang)

    def length(self, deadline: Deadline) -> str:
        """A time limit's length in words; empty where it has none."""
        return self.sentences.length(deadline.length, self.lang) if deadline.length else ""

    def counted(self, due: Due, since: Since) -> Iterable[Sentence]:
        """How a last day was found."""
        sentences = self.sentences.arithmetic
        if due.deadline.length:
            start, what = self.day(due.starts), self.sentences.since[since].in_(self.lang)
            yield sentences["counted"], {"length": self.length(due.deadline), "start": start, "since": what}
        if due.moved_from:
            yield sentences["moved"], {"raw": self.day(due.moved_from)}
        if due.approximate:
            yield sentences["approximate"], {}

    def source(self, deadline: Deadline) -> Iterable[Sentence]:
        """According to which law, and how sure that is."""
        if places := self.acts.spelled_out(deadline.law):
            yield self.sentences.arithmetic["law"], {"law": self.sentences.joined(places, self.lang)}
        if deadline.confidence != "sourced":
            yield self.sentences.arithmetic["uncertain"], {}

    def _words(self, deadline: Deadline) -> Mapping[str, str] | Text:
        return self.sentences.deadlines.get(deadline.id) or self.complaints.deadlines.get(deadline.id) or deadline.what

    def _reasons(self, outlook: Outlook, today: date) -> Iterable[Sentence]:
        deadline, due = outlook.deadline, outlook.due
        if due and deadline.length:
            yield self.sentences.arithmetic["last_day"], {"date": self.day(due.last_day)}
        if due:
            yield from self.counted(due, outlook.since)
        if due and due.is_past(today) and deadline.kind in DUTIES:
            yield self.sentences.arithmetic["past"], {}
        yield from self.source(deadline)
