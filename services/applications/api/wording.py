"""Words in the caller's language, marked when they only exist in another."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.applications.domain.answer import Source, SourceKind
from services.applications.domain.application import Application
from services.applications.domain.authority import Organisation
from services.applications.domain.notice import SentAlready
from services.applications.domain.viewer import Role, Viewer
from services.applications.store.wordings import Wordings
from shared.domain import FieldFault, InvalidInput
from shared.texts import Lang, Text

Words = Mapping[str, str]


class Wording(BaseModel):
    """A text for people. `state` is there only when the text is missing in the language asked for, and then it is Norwegian (nb)."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"example": {"text": "Søknad om hjelpestønad", "lang": "nb"}}
    )

    text: str = Field(max_length=5000)
    lang: Lang
    state: Literal["missing"] | None = Field(default=None, exclude_if=lambda state: state is None)


@dataclass(frozen=True, slots=True)
class Speech:
    """What it takes to word things for one caller: the language, our sentences, and the names of organisations and of kinds of them."""

    lang: Lang
    sentences: Wordings
    organisations: tuple[Organisation, ...]
    bodies: Mapping[str, Words] = field(default_factory=dict)

    def of(self, words: Words | Text) -> Wording:
        """The words in the caller's language, else in Bokmål."""
        text = words if isinstance(words, Text) else Text.model_validate(dict(words))
        found = text.in_(self.lang)
        if text.has(self.lang):
            return Wording(text=found, lang=self.lang)
        return Wording(text=found, lang=Lang.NB, state="missing")

    def source(self, source: Source, application: Application, viewer: Viewer) -> Wording:
        """Where an answer comes from, in one sentence."""
        said = self.of(self.sentences.sources[_sentence(source, application, viewer)])
        day = self.sentences.written(source.said_at, said.lang) if source.said_at else "–"
        return said.model_copy(
            update={"text": said.text.replace("{date}", day).replace("{who}", self._who(source, said.lang))}
        )

    def sent_already(self, found: SentAlready) -> Wording:
        """That another application is on its way, and that this one may be sent all the same."""
        words = self.sentences.sent_already
        parts = ["by_you" if found.yours else "by_other", *(["may_still_send"] if found.may_still_send else [])]
        said = [self.of(words[part]) for part in parts]
        day = self.sentences.written(found.submitted_at, said[0].lang)
        return said[0].model_copy(update={"text": " ".join(each.text for each in said).replace("{date}", day)})

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Faults of the input found inside leave with words for people."""
        try:
            yield
        except InvalidInput as found:
            raise InvalidInput(*(replace(fault, detail=self._fault(fault)) for fault in found.faults)) from found

    def _fault(self, fault: FieldFault) -> Text | None:
        return self.sentences.faults.get(fault.code) or fault.detail

    def organisation(self, orgnr: str) -> Words | None:
        """The organisation's name."""
        return next((each.name for each in self.organisations if each.orgnr == orgnr), None)

    def _who(self, source: Source, lang: Lang) -> str:
        name = self.organisation(source.organisation or "")
        return (
            Text.model_validate(dict(name)).in_(lang) if name else self.sentences.sources["an_organisation"].in_(lang)
        )


def _sentence(source: Source, application: Application, viewer: Viewer) -> str:
    match source.kind:
        case SourceKind.REGISTER | SourceKind.DERIVED | SourceKind.ORGANISATION:
            return source.kind.value
        case SourceKind.APPLICANT:
            return "applicant_you" if viewer.role is Role.APPLICANT else "applicant_other"
        case SourceKind.TOLD:
            return _told_by(source.speaker, application.child_id, viewer)


def _told_by(speaker: UUID | None, child: UUID, viewer: Viewer) -> str:
    if speaker is None or viewer.person is None:
        return "told_by_family"
    if speaker == viewer.person:
        return "told_by_you"
    return "told_by_child" if speaker == child else "told_by_other"
