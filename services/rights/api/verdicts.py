"""A verdict in words, with its uncertainty in it."""

from services.rights.api.speech import Speech
from services.rights.domain.answer import Answer
from services.rights.domain.verdict import Verdict


def says(answer: Answer, speech: Speech, *, asks: bool, shut: bool) -> list[str]:
    """The verdict, and what else must be said. `asks`: this reader is asked something; `shut`: something that decides is not open to them."""
    texts, verdict = speech.texts, answer.judgement.verdict
    uncertain = texts.uncertain.get(verdict, {}).get(confidence(answer) or "")
    said = [uncertain or texts.verdicts[verdict]]
    if verdict is Verdict.NOT_RELEVANT and answer.rule.needs_case:
        said.append(texts.no_case)
    nothing_to_ask = not asks and not answer.judgement.from_register
    if verdict is Verdict.POSSIBLE and (shut or nothing_to_ask):
        said.append(texts.not_shared if shut else texts.nothing_to_ask)
    return [text.in_(speech.lang) for text in said]


def confidence(answer: Answer) -> str | None:
    """How sure a settled answer is; None of one that is open."""
    settled = answer.judgement.confidence
    return settled.label if settled is not None else None
