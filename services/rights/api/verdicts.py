"""A verdict in words, with its uncertainty in it."""

from services.rights.api.speech import Speech
from services.rights.domain.answer import Answer
from services.rights.domain.rule import Rule
from services.rights.domain.verdict import Judgement, Verdict


def says(answer: Answer, speech: Speech, *, asks: bool, shut: bool) -> list[str]:
    """The verdict, and what else must be said. `asks`: this reader is asked something; `shut`: something that decides is not open to them."""
    said = said_of(answer.rule, answer.judgement, speech)
    nothing_to_ask = not asks and not answer.judgement.from_register
    if answer.judgement.verdict is Verdict.POSSIBLE and (shut or nothing_to_ask):
        said.append((speech.texts.not_shared if shut else speech.texts.nothing_to_ask).in_(speech.lang))
    return said


def said_of(rule: Rule, judgement: Judgement, speech: Speech) -> list[str]:
    """The verdict, whoever asks: how sure it is, that only something rare could open the right, what case it waits for, which figure is old."""
    texts, lang, verdict = speech.texts, speech.lang, judgement.verdict
    settled = judgement.confidence
    uncertain = texts.uncertain.get(verdict, {}).get(settled.label) if settled is not None else None
    rare = texts.only_rare if judgement.only_rare else None
    said = [(rare or uncertain or texts.verdicts[verdict]).in_(lang)]
    if verdict is Verdict.NOT_RELEVANT and rule.needs_case:
        said.append(texts.no_case.in_(lang))
    if judgement.stale:
        names = speech.listed((speech.book.rates[each].name.in_(lang) for each in sorted(judgement.stale)), lang)
        said.append(texts.stale.in_(lang).format(names=names))
    return said


def confidence(answer: Answer) -> str | None:
    """How sure a settled answer is; None of one that is open."""
    settled = answer.judgement.confidence
    return settled.label if settled is not None else None
