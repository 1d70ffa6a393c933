"""How the access log speaks to the family: `data/access_log.yaml`."""

from collections.abc import Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from services.mapping.store.data_files import DATA, read
from shared.texts import Lang, Text


class Wording(BaseModel):
    """Who did what, why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: dict[str, Text]
    did: dict[str, Text]
    denied: Text
    purposes: dict[str, Text]
    grantable_purposes: frozenset[str]

    def purpose(self, purpose: str, lang: Lang) -> str:
        """Why, in plain words; nothing for a purpose without words (a person reading its own child's data)."""
        text = self.purposes.get(purpose)
        return text.in_(lang) if text else ""

    def sentence(self, who: str, whats: Sequence[str], purpose: str, *, denied: bool, lang: Lang) -> str:
        """One line of the log."""
        phrases = [self.denied] if denied else [self.did.get(what, self.did["something"]) for what in whats]
        joined = _join(list(dict.fromkeys(phrase.in_(lang) for phrase in phrases)), lang)
        why = "" if denied else self.purpose(purpose, lang)
        return " ".join(part for part in (who, joined, why) if part) + "."


def _join(phrases: list[str], lang: Lang) -> str:
    last_word = " and " if lang is Lang.EN else " og "
    return last_word.join(part for part in (", ".join(phrases[:-1]), phrases[-1]) if part)


@cache
def wording() -> Wording:
    """The words in force."""
    return read(DATA / "access_log.yaml", Wording)
