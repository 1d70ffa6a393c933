"""Words in the caller's language; where a text is missing in it, the Norwegian one, marked."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.catalog.store.catalogue import Catalogue, catalogue
from services.catalog.store.sources import SourceFile, Sureness
from services.catalog.store.texts import Texts
from shared.texts import Lang, Text


class View(BaseModel):
    """What is answered: made once, never changed."""

    model_config = ConfigDict(frozen=True)


class Words(View):
    """A text for people. `state` is there only when the text is missing in the language asked for, and then `text` is Norwegian (nb)."""

    text: str = Field(max_length=5000)
    lang: Lang
    state: Literal["missing"] | None = Field(default=None, exclude_if=lambda state: state is None)


class NamedView(View):
    """An id with its name."""

    id: str = Field(max_length=100)
    name: Words


class SurenessView(View):
    """How sure something is, and what that means."""

    level: Sureness
    says: str = Field(max_length=300)


class SourceView(View):
    """Where something was read. `as_of`: the day, month or year that the copy is from; null when it is not known."""

    title: str = Field(max_length=500)
    at: str = Field(max_length=1000)
    url: str | None = Field(max_length=1000)
    as_of: str | None = Field(max_length=20)


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """The catalogue in one language. There is one of each (`speech_in`), so that what it says can be kept."""

    book: Catalogue
    lang: Lang

    @property
    def texts(self) -> Texts:
        """Our own words."""
        return self.book.texts

    def words(self, text: Text) -> Words:
        """The text as it is."""
        lang = self.common(text)
        return self.marked(text.in_(lang), lang)

    def norwegian(self, text: str | None) -> Words | None:
        """A text that the data has in Bokmål only."""
        return self.marked(text, Lang.NB) if text else None

    def marked(self, text: str, lang: Lang) -> Words:
        """The text, marked when it is not in the language asked for."""
        return Words(text=text, lang=lang, state=None if lang is self.lang else "missing")

    def common(self, text: Text) -> Lang:
        """The language asked for when the text has it, else Bokmål."""
        return self.lang if text.has(self.lang) else Lang.NB

    def named(self, id_: str, name: Text) -> NamedView:
        """An id with its name."""
        return NamedView(id=id_, name=self.words(name))

    def organisation(self, id_: str) -> NamedView:
        """An authority by its name."""
        return self.named(id_, self.book.organisations[id_].name)

    def sureness(self, level: Sureness) -> SurenessView:
        """How sure, in words."""
        return SurenessView(level=level, says=self.texts.confidence[level].in_(self.lang))

    def source(self, source: SourceFile) -> SourceView:
        """Where something was read."""
        url = source.at if source.at.startswith("https://") else None
        as_of = None if source.as_of is None else str(source.as_of)
        return SourceView(title=source.title, at=source.at, url=url, as_of=as_of)


@cache
def speech_in(lang: Lang) -> Speech:
    """The shipped catalogue in that language."""
    return Speech(catalogue(), lang)
