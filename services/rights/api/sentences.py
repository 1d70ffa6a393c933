"""What is known, as a sentence: from the question that was answered, or of what a register or the calendar tells."""

from services.rights.api.speech import Speech, Words
from services.rights.domain.tree import Value
from services.rights.store.facts import FactFile
from shared.texts import Text


def told_sentence(fact_id: str, value: Value, speech: Speech) -> Words:
    """The fact and its value in words."""
    fact = speech.book.facts[fact_id]
    return _plain(fact_id, value, speech) or _known(fact, value, speech)


def _plain(fact_id: str, value: Value, speech: Speech) -> Words | None:
    """What a register or the calendar tells, as a sentence about the child or the reader; None where there is none."""
    sentence = speech.book.plain_facts.get(fact_id)
    text = sentence.of(value, to_youth=speech.to_youth) if sentence else None
    if text is None:
        return None
    lang = speech.in_common(text)
    return speech.marked(text.in_(lang).format(value=speech.value(speech.book.facts[fact_id], value, lang)), lang)


def _known(fact: FactFile, value: Value, speech: Speech) -> Words:
    """What is known, in the words of the question that was answered, or else of what the fact means."""
    asked = speech.question(fact) or fact.question
    texts, told = speech.texts, asked is not None
    about = asked or Text(nb=fact.meaning)
    lang = speech.in_common(about, *fact.labels.values())
    if isinstance(value, bool):
        sentence = (
            (texts.told_yes if told else texts.known_yes) if value else (texts.told_no if told else texts.known_no)
        )
    else:
        sentence = texts.told_value if told else texts.known_value
    said = sentence.in_(lang).format(
        question=about.in_(lang), meaning=about.in_(lang), value=speech.value(fact, value, lang)
    )
    return speech.marked(said, lang)
