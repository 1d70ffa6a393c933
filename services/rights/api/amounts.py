"""How much, and which limits the rule compares with: on the day, or said not to be known, with what is past as history only."""

from datetime import date, timedelta
from functools import lru_cache

from pydantic import Field

from services.rights.api.speech import LawView, Speech, Sureness, View, Words
from services.rights.domain.rate import Interval
from services.rights.store.rates import RateFile
from services.rights.store.rights import AmountFile
from services.rights.store.texts import in_words

_KEPT = 1024


class PastRateView(View):
    """What a rate was. It is no longer valid."""

    value: int | float
    start: date
    end: date = Field(description="the first day it no longer was")
    says: str = Field(max_length=500)


class RateView(View):
    """A rate on the day. `value` is null when it is not known for the day: never zero, never the old one."""

    id: str = Field(max_length=100)
    says: Words
    value: int | float | None
    unit: str = Field(max_length=40)
    start: date | None = None
    end: date | None = Field(default=None, description="the first day it is no longer")
    verified_until: date | None = Field(
        default=None, description="the last day that a source confirms; null: never checked"
    )
    unverified: str | None = Field(default=None, max_length=500)
    confidence: Sureness
    law: tuple[LawView, ...] = Field(max_length=20)
    past: PastRateView | None = None


class AmountView(View):
    """One thing the right gives: a rate, or words."""

    what: Words | None
    text: Words | None = None
    rate: RateView | None = None
    confidence: Sureness


@lru_cache(maxsize=_KEPT)
def rate_view(rate_id: str, day: date, speech: Speech, *, decides: bool = False) -> RateView:
    """The rate on the day. `decides`: a rule compares with it, so without it somebody must assess."""
    rate, history = speech.book.rates[rate_id], speech.book.histories[rate_id]
    now = history.on(day)
    stated = next((each for each in rate.values if now is not None and each.start == now.start), None)
    verified = stated.verified_until if stated else None
    past = None if now else history.before(day)
    return RateView(
        id=rate_id,
        says=_says(rate, now, day, speech, decides=decides),
        value=now.value if now else None,
        unit=rate.unit,
        start=now.start if now else None,
        end=now.end if now else None,
        verified_until=verified,
        unverified=speech.texts.rate_unverified.in_(speech.lang) if now and verified is None else None,
        confidence=(stated.confidence if stated else None) or rate.confidence,
        law=speech.law(rate.law),
        past=_past(rate, past, speech) if past else None,
    )


@lru_cache(maxsize=_KEPT)
def amount_views(right_id: str, day: date, speech: Speech) -> tuple[AmountView, ...]:
    """What the right gives, on the day."""
    right = speech.book.rights[right_id]
    return tuple(_amount(each, day, speech, confidence=right.confidence) for each in right.amounts)


def _amount(amount: AmountFile, day: date, speech: Speech, *, confidence: Sureness) -> AmountView:
    """`confidence` where neither the amount nor its rate states one."""
    rate = rate_view(amount.rate, day, speech) if amount.rate else None
    return AmountView(
        what=speech.norwegian(amount.what),
        text=speech.norwegian(amount.text),
        rate=rate,
        confidence=amount.confidence or (rate.confidence if rate else confidence),
    )


def _says(rate: RateFile, now: Interval | None, day: date, speech: Speech, *, decides: bool) -> Words:
    texts, lang = speech.texts, speech.in_common(rate.name)
    name, written = rate.name.in_(lang), in_words(day, lang)
    if now is None:
        unknown = texts.rate_unknown_decides if decides else texts.rate_unknown
        return speech.marked(unknown.in_(lang).format(name=name, day=written), lang)
    value = texts.amount(now.value, rate.unit, lang)
    return speech.marked(texts.rate_known.in_(lang).format(name=name, value=value, day=written), lang)


def _past(rate: RateFile, past: Interval, speech: Speech) -> PastRateView:
    assert past.end is not None
    lang, last = speech.lang, past.end - timedelta(days=1)
    value = speech.texts.amount(past.value, rate.unit, lang)
    said = speech.texts.rate_history.in_(lang).format(
        value=value, start=in_words(past.start, lang), end=in_words(last, lang)
    )
    return PastRateView(value=past.value, start=past.start, end=past.end, says=said)
