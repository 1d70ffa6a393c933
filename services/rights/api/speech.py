"""Words for people in the caller's language; where a text is missing in it, the Norwegian one, marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.rights.domain.tree import Value
from services.rights.store.facts import FactFile
from services.rights.store.laws import LawReference, Read, references
from services.rights.store.right_texts import Translations, in_languages, state_of
from services.rights.store.rulebook import Rulebook, rulebook
from services.rights.store.texts import Texts
from shared.texts import Lang, Text

Sureness = Literal["sourced", "uncertain", "memory"]


class View(BaseModel):
    """What is answered: made once, never changed."""

    model_config = ConfigDict(frozen=True)


class Words(View):
    """A text for people. `state` is there only where something must be said of it: `missing` in the language asked for, and then `text` is
    Norwegian (nb); `machine`: no human has read it."""

    text: str = Field(max_length=5000)
    lang: Lang
    state: Literal["missing", "machine"] | None = Field(default=None, exclude_if=lambda state: state is None)


def _is_absent(value: object) -> bool:
    return value is None


class LawView(View):
    """One place in one act. Without an act, `place` says why no law applies."""

    text: str = Field(max_length=800, description="act and place together")
    act: str | None = Field(max_length=300)
    place: str = Field(max_length=500)
    url: str | None = Field(max_length=300)
    section: str | None = Field(default=None, max_length=40, description="§ without the sign", exclude_if=_is_absent)
    chapter: str | None = Field(default=None, max_length=40, exclude_if=_is_absent)
    paragraph: str | None = Field(default=None, max_length=40, description="ledd", exclude_if=_is_absent)
    letter: str | None = Field(default=None, max_length=40, description="bokstav", exclude_if=_is_absent)
    was_read: Read | None = Field(
        default=None, description="whether the section's text was read for the rule", exclude_if=_is_absent
    )
    read_as_of: str | None = Field(
        default=None,
        max_length=20,
        description="the day or month of the oldest copy that was read",
        exclude_if=_is_absent,
    )


class BodyView(View):
    """An authority or another body."""

    id: str = Field(max_length=40)
    name: Words


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """The rulebook in one language. There is one of each kind (`speech_in`), so that what it says can be kept."""

    book: Rulebook
    lang: Lang
    to_youth: bool = False

    @property
    def texts(self) -> Texts:
        """Our own words."""
        return self.book.texts

    def words(self, text: Text) -> Words:
        """The text as it is."""
        return self.marked(text.in_(self.lang), self.in_common(text))

    def added(self, text: Text, added: Translations) -> Words:
        """The text, with the languages that stand beside the rule and who has read them."""
        state, whole = state_of(text, added, self.lang), in_languages(text, added)
        said = None if state in ("human", "verified") else state
        return Words(text=whole.in_(self.lang), lang=self.in_common(whole), state=said)

    def norwegian(self, text: str | None) -> Words | None:
        """A text that the rules have in Bokmål only."""
        return self.marked(text, Lang.NB) if text else None

    def marked(self, text: str, lang: Lang) -> Words:
        """The text, marked when it is not in the language asked for."""
        return Words(text=text, lang=lang, state=None if lang is self.lang else "missing")

    def in_common(self, *texts: Text) -> Lang:
        """The language asked for, when all have it; else Bokmål. A sentence is never half of each."""
        return self.lang if all(text.has(self.lang) for text in texts) else Lang.NB

    def body(self, organisation_id: str) -> BodyView:
        """An authority by name."""
        return _body(self, organisation_id)

    def law(self, law: str) -> tuple[LawView, ...]:
        """The places that a `law` value names."""
        return _law(self.book, law)

    def question(self, fact: FactFile) -> Text | None:
        """The question as it is put to this reader; None when this reader is not asked."""
        return fact.question_youth if self.to_youth else fact.question

    def value(self, fact: FactFile, value: Value, lang: Lang) -> str:
        """A value in words."""
        match value:
            case frozenset():
                chosen = [fact.labels[each].in_(lang) for each in fact.values if each in value]
                return self.listed(chosen, lang) or self.texts.none_chosen.in_(lang)
            case bool() | date():
                return str(value)
            case int() | float():
                return self.texts.amount(value, fact.unit, lang)
            case str():
                return fact.labels[value].in_(lang)

    def listed(self, chosen: Iterable[str], lang: Lang) -> str:
        """One, two and three."""
        *first, last = [*chosen] or [""]
        return self.texts.and_.in_(lang).join([", ".join(first), last] if first else [last])


@cache
def speech_in(lang: Lang, *, to_youth: bool = False) -> Speech:
    """The shipped rulebook in that language."""
    return Speech(rulebook(), lang, to_youth)


@cache
def _body(speech: Speech, organisation_id: str) -> BodyView:
    return BodyView(id=organisation_id, name=speech.words(speech.book.organisations[organisation_id].name))


@cache
def _law(book: Rulebook, law: str) -> tuple[LawView, ...]:
    return tuple(_law_view(each) for each in references(law, book.acts)) if law else ()


def _law_view(each: LawReference) -> LawView:
    return LawView(
        text=f"{each.act or ''} {each.place}".strip(),
        act=each.act,
        place=each.place,
        url=each.url,
        section=each.section,
        chapter=each.chapter,
        paragraph=each.paragraph,
        letter=each.letter,
        was_read=each.was_read if each.act else None,
        read_as_of=None if each.as_of is None else str(each.as_of),
    )
