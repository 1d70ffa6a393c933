"""What is said of one right, in the languages there are; to the youth in its own words."""

from collections.abc import Mapping
from functools import cache

from services.rights.api.speech import Speech, Words
from services.rights.domain.tree import Assess, leaves
from services.rights.store.right_texts import RightTexts, Translations
from services.rights.store.rulebook import Rulebook
from shared.texts import Text

_NONE = Translations()


def summary(right_id: str, speech: Speech) -> Words:
    """Whom the right is for and what it gives."""
    texts = speech.book.right_texts.get(right_id)
    if texts and speech.to_youth:
        stated = getattr(texts.youth, speech.lang.value)
        return Words(text=stated.text, lang=speech.lang, state="machine" if stated.state == "machine" else None)
    return speech.added(speech.book.rights[right_id].summary, texts.summary if texts else _NONE)


def notes(right_id: str, speech: Speech) -> Words | None:
    """What else is worth knowing."""
    said, texts = speech.book.rights[right_id].notes, speech.book.right_texts.get(right_id)
    return speech.added(said, texts.notes if texts else _NONE) if said else None


def effect(right_id: str, place: int, speech: Speech) -> Words:
    """What a change at an age does; `place`: which of the right's transitions."""
    texts = speech.book.right_texts.get(right_id)
    added = texts.transitions[place] if texts and texts.transitions else _NONE
    return speech.added(speech.book.rights[right_id].transitions[place].effect, added)


def to_assess(node: Assess, speech: Speech) -> Words:
    """What must be judged."""
    return speech.added(Text(nb=node.what), _added(speech.book).get(node, _NONE))


@cache
def _added(book: Rulebook) -> Mapping[Assess, Translations]:
    """The other languages of every node that must be assessed, in whichever version of its right it stands."""
    found: dict[Assess, Translations] = {}
    for right_id, texts in book.right_texts.items():
        for version in book.versions[right_id]:
            found |= {each: _of(each, texts) for each in leaves(version.rule.tree) if isinstance(each, Assess)}
    return found


def _of(node: Assess, texts: RightTexts) -> Translations:
    return texts.assess.get(node.id, _NONE)
