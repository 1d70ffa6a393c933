"""What a rule asks, in words: a condition as the question it hangs on, and what the answer has to be."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from pydantic import Field

from services.rights.api.right_words import to_assess
from services.rights.api.speech import LawView, Speech, View, Words
from services.rights.domain.tree import Assess, Atom, Branch, Node, Not, RateRef, Value
from services.rights.store.facts import FactFile
from shared.texts import Lang, Text

_KEPT = 4096
_WHOLE = 1


class LineView(View):
    """One node in words; `level` is how deep it stands."""

    node: str = Field(max_length=100, description="the node's id within the right")
    level: int = Field(ge=0, le=32)
    text: Words
    law: tuple[LawView, ...] = Field(max_length=20)


def lines(node: Node, day: date, speech: Speech, level: int = 0) -> Iterator[LineView]:
    """The tree as text, from the top."""
    yield LineView(node=node.id, level=level, text=condition(node, day, speech), law=speech.law(node.law))
    for part in parts_of(node):
        yield from lines(part, day, speech, level + _WHOLE)


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes right below."""
    match node:
        case Branch(parts=parts):
            return parts
        case Atom() | Assess():
            return ()
        case _:
            return (node.part,)


@lru_cache(maxsize=_KEPT)
def condition(node: Node, day: date, speech: Speech) -> Words:
    """What the node demands; of a branch, how many of what stands below it."""
    texts, lang = speech.texts.tree, speech.lang
    match node:
        case Branch(need=need, parts=parts):
            said = texts.all if need == len(parts) else texts.any if need == _WHOLE else texts.n_of
            return speech.marked(said.in_(lang).format(n=need), lang)
        case Not():
            return speech.marked(texts.not_.in_(lang), lang)
        case Assess():
            return assessed(node, speech)
        case Atom():
            return _demanded(node, day, speech)
        case _:
            return speech.marked((texts.every_sibling if node.every else texts.any_sibling).in_(lang), lang)


@lru_cache(maxsize=_KEPT)
def assessed(node: Assess, speech: Speech) -> Words:
    """What someone must judge, and who."""
    what, by = to_assess(node, speech), speech.book.organisations[node.by].name.in_(speech.lang)
    said = speech.texts.tree.assess.in_(what.lang).format(what=what.text, by=by)
    return what.model_copy(update={"text": said})


def requirement(atom: Atom, day: date, speech: Speech) -> Words:
    """What the rule says of a value, where it is neither yes nor no."""
    fact = speech.book.facts[atom.fact]
    lang = speech.in_common(*fact.labels.values())
    return speech.marked(speech.texts.requirement.in_(lang).format(bounds=_bounds(atom, fact, day, speech, lang)), lang)


def about(fact: FactFile, speech: Speech) -> Text:
    """What a fact is about: the question as it is put to this reader, or what it means."""
    return speech.question(fact) or fact.question or Text(nb=fact.meaning)


def _demanded(atom: Atom, day: date, speech: Speech) -> Words:
    fact, texts = speech.book.facts[atom.fact], speech.texts.tree
    bound = atom.comparisons[0].bound
    if (told := _unasked(atom.fact, fact, speech, yes_or_no=isinstance(bound, bool))) is not None:
        topic, sentence = told, texts.must_not_hold if bound is False else texts.must_hold
    elif isinstance(bound, bool):
        asked = (texts.must_be_yes, texts.must_be_no) if fact.question else (texts.must_hold, texts.must_not_hold)
        topic, sentence = about(fact, speech), asked[0] if bound else asked[1]
    else:
        topic, sentence = about(fact, speech), texts.must_be_value if fact.question else texts.must_be
    lang = speech.in_common(topic, *fact.labels.values())
    bounds = "" if isinstance(bound, bool) else _bounds(atom, fact, day, speech, lang)
    return speech.marked(
        sentence.in_(lang).format(about=topic.in_(lang).replace("{value}", bounds), bounds=bounds), lang
    )


def _unasked(fact_id: str, fact: FactFile, speech: Speech, *, yes_or_no: bool) -> Text | None:
    """How we say what a register or the calendar tells, with a place for the value; None where somebody is asked or there is no sentence."""
    sentence = speech.book.plain_facts.get(fact_id)
    if fact.question or sentence is None:
        return None
    return sentence.of(True if yes_or_no else "", to_youth=speech.to_youth)


def _bounds(atom: Atom, fact: FactFile, day: date, speech: Speech, lang: Lang) -> str:
    said = [
        speech.texts.bounds[each.comparator].in_(lang).format(bound=_bound(each.bound, fact, day, speech, lang))
        for each in atom.comparisons
    ]
    return speech.listed(said, lang)


def _bound(bound: Value | RateRef, fact: FactFile, day: date, speech: Speech, lang: Lang) -> str:
    if isinstance(bound, RateRef):
        now = speech.book.histories[bound.id].on(day)
        name = speech.book.rates[bound.id].name.in_(lang)
        return speech.texts.amount(now.value, fact.unit, lang) if now else name
    chosen = sorted(bound, key=str) if isinstance(bound, frozenset) else [bound]
    said = [speech.value(fact, each, lang) for each in chosen]
    if fact.labels:
        said = [speech.texts.choice.in_(lang).format(label=each) for each in said]
    return speech.texts.or_.in_(lang).join(said)
