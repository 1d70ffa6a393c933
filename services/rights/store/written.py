"""In which languages each right's texts exist, and who has read them."""

from collections import Counter
from collections.abc import Iterator, Mapping

from services.rights.store.findings import Finding
from services.rights.store.right_texts import RightTexts, StatedText, Translations, state_of
from services.rights.store.rights import RightFile
from shared.texts import Lang, Text

YOUTH = "youth"
MISSING = "missing"


def states(right: RightFile, texts: RightTexts | None) -> Iterator[tuple[str, Lang, str]]:
    """Every text of the right: its place, a language, and who has read it; `missing` where nobody has written it."""
    for place, text, added in _texts(right, texts):
        yield from ((place, lang, state_of(text, added, lang)) for lang in Lang)
    for lang in Lang:
        stated: StatedText | None = getattr(texts.youth, lang.value) if texts else None
        yield YOUTH, lang, stated.state if stated else MISSING


def counted(rights: Mapping[str, RightFile], texts: Mapping[str, RightTexts]) -> Counter[tuple[str, str]]:
    """How many texts stand in each language in each state; those for the young apart (`youth nb`)."""
    return Counter(
        (f"{YOUTH} {lang.value}" if place == YOUTH else lang.value, state)
        for right in rights.values()
        for place, lang, state in states(right, texts.get(right.id))
    )


def missing_texts(rights: Mapping[str, RightFile], texts: Mapping[str, RightTexts]) -> list[Finding]:
    """What is not written, one finding for each text."""
    found: list[Finding] = []
    for right in rights.values():
        lacking: dict[str, list[str]] = {}
        for place, lang, state in states(right, texts.get(right.id)):
            if state == MISSING:
                lacking.setdefault(place, []).append(lang.value)
        found += (
            Finding(f"texts/{right.id}.yaml", place, f"no text in {', '.join(langs)}")
            for place, langs in lacking.items()
        )
    return found


def _texts(right: RightFile, texts: RightTexts | None) -> Iterator[tuple[str, Text, Translations]]:
    none = Translations()
    yield "name", right.name, none
    yield "summary", right.summary, texts.summary if texts else none
    if right.notes:
        yield "notes", right.notes, texts.notes if texts else none
    for place, transition in enumerate(right.transitions):
        added = texts.transitions[place] if texts and texts.transitions else none
        yield f"transitions.{place}", transition.effect, added
    for path, node in right.nodes:
        if node.assess is not None:
            name = node.id or path
            yield name, Text(nb=node.assess), texts.assess.get(name, none) if texts else none
