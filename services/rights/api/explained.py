"""Why, in words, from the same nodes: in short sentences for people, and line by line for whoever checks it against the law."""

from collections.abc import Iterator

from pydantic import Field

from services.rights.api.because import Sees
from services.rights.api.conditions import LineView, about, condition
from services.rights.api.sentences import told_sentence
from services.rights.api.speech import Speech, Sureness, View, Words
from services.rights.domain.because import Because, Kind, Outcome
from services.rights.domain.cause import Cause
from services.rights.domain.fact import Origin
from services.rights.store.texts import BecauseTexts
from shared.texts import Text

_BRANCHES = frozenset({Kind.ALL, Kind.ANY, Kind.N_OF})


class LegalLineView(LineView):
    """One node for whoever checks it: what the rule demands, how it came out, by what law, and how sure that is."""

    outcome: Outcome
    known: Words | None = Field(description="what is known of it")
    confidence: Sureness | None
    note: Words | None


class ExplainedView(View):
    """The deciding part twice in words, the lines named by the nodes of `because`."""

    plain: list[LineView] = Field(max_length=500, description="short sentences, from what was asked and answered")
    legal: list[LegalLineView] = Field(max_length=500, description="every node with its law and how sure it is")


def explained(because: Because, sees: Sees, speech: Speech) -> ExplainedView:
    """The deciding part in words, as far as its facts are open to the reader."""
    return ExplainedView(plain=list(plain(because, sees, speech)), legal=list(legal(because, sees, speech)))


def plain(because: Because, sees: Sees, speech: Speech, level: int = 0) -> Iterator[LineView]:
    """The deciding part in short sentences, from what was asked and answered. That a register knows of nothing sad is not spelled out."""
    shown = [part for part in because.parts if _may_be_named(part, speech)]
    if because.kind in _BRANCHES and len(shown) == 1:
        yield from plain(shown[0], sees, speech, level)
        return
    if _may_be_named(because, speech):
        text = _plain(because, sees, speech)
        yield LineView(node=because.node, level=level, text=text, law=())
        for part in shown:
            yield from plain(part, sees, speech, level + 1)


def legal(because: Because, sees: Sees, speech: Speech, level: int = 0) -> Iterator[LegalLineView]:
    """The deciding part for whoever checks it, every node with its law."""
    node, on = because.of, because.situation.on
    sureness = because.confidence
    fact, value = because.fact, because.value
    yield LegalLineView(
        node=node.id,
        level=level,
        text=condition(node, on, speech),
        law=speech.law(node.law),
        outcome=because.truth,
        known=told_sentence(fact, value, speech) if fact is not None and value is not None else None,
        confidence=None if sureness is None else sureness.label,
        note=speech.norwegian(node.note),
    )
    for part in because.parts:
        yield from legal(part, sees, speech, level + 1)


def _may_be_named(because: Because, speech: Speech) -> bool:
    if because.fact is None:
        return True
    fact = speech.book.vocabulary[because.fact]
    return because.truth is Outcome.TRUE or not fact.sensitive or fact.origin is Origin.TOLD


def _plain(because: Because, sees: Sees, speech: Speech) -> Words:
    if because.kind is Kind.FACT:
        return _of_fact(because, sees, speech)
    return condition(because.of, because.situation.on, speech)


def _of_fact(because: Because, sees: Sees, speech: Speech) -> Words:
    fact_id, value = because.fact, because.value
    assert fact_id is not None
    if value is not None and because.cause is None:
        return told_sentence(fact_id, value, speech)
    texts, fact = speech.texts.because, speech.book.facts[fact_id]
    if not sees(speech.book.vocabulary[fact_id]):
        return speech.marked(speech.texts.not_shared.in_(speech.lang), speech.lang)
    topic = about(fact, speech)
    lang = speech.in_common(topic)
    return speech.marked(_open(because, fact.origin, texts).in_(lang).format(about=topic.in_(lang)), lang)


def _open(because: Because, origin: Origin, texts: BecauseTexts) -> Text:
    """The sentence for a fact that leaves its node open."""
    match because.cause:
        case Cause.CONFLICT:
            return texts.conflict
        case Cause.NOT_KNOWN:
            return texts.not_known
        case Cause.NOT_MODELLED:
            return texts.no_figure
        case Cause.STALE:
            return texts.expired if because.value is None else texts.old_figure
        case _:
            return texts.not_asked if origin is Origin.TOLD else texts.of_register
