"""How much: on the day, or said not to be known, with what is past as history only."""

from datetime import date, timedelta

from pydantic import Field

from services.catalog.api.speech import SourceView, Speech, SurenessView, View, Words
from services.catalog.store.rates import IntervalFile, RateFile
from services.catalog.store.services import AmountFile, ServiceFile
from services.catalog.store.texts import in_words


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
    start: date | None
    end: date | None = Field(description="the first day it is no longer")
    verified_until: date | None = Field(description="the last day that a source confirms; null: never checked")
    unverified: str | None = Field(max_length=500, description="said when the figure was never checked")
    confidence: SurenessView
    law: str = Field(max_length=300)
    sources: list[SourceView] = Field(max_length=20)
    note: Words | None
    past: PastRateView | None


class AmountView(View):
    """One thing the service gives: a rate, or words."""

    what: Words | None
    text: Words | None
    rate: RateView | None
    confidence: SurenessView


def amounts(service: ServiceFile, day: date, speech: Speech) -> list[AmountView]:
    """What the service gives, on the day."""
    return [_amount(each, service, day, speech) for each in service.amounts]


def _amount(amount: AmountFile, service: ServiceFile, day: date, speech: Speech) -> AmountView:
    rate = _rate(speech.book.rates[amount.rate], day, speech) if amount.rate else None
    sure = speech.sureness(amount.confidence) if amount.confidence else None
    return AmountView(
        what=speech.norwegian(amount.what),
        text=speech.norwegian(amount.text),
        rate=rate,
        confidence=sure or (rate.confidence if rate else speech.sureness(service.confidence)),
    )


def _rate(rate: RateFile, day: date, speech: Speech) -> RateView:
    now = rate.on(day)
    past = None if now else rate.before(day)
    return RateView(
        id=rate.id,
        says=_says(rate, now, day, speech),
        value=now.value if now else None,
        unit=rate.unit,
        start=now.start if now else None,
        end=now.until if now else None,
        verified_until=now.verified_until if now else None,
        unverified=speech.texts.rate_unverified.in_(speech.lang) if now and now.verified_until is None else None,
        confidence=speech.sureness((now.confidence if now else None) or rate.confidence),
        law=rate.law,
        sources=[speech.source(each) for each in rate.sources],
        note=speech.norwegian(rate.note),
        past=_past(rate, past, speech) if past else None,
    )


def _says(rate: RateFile, now: IntervalFile | None, day: date, speech: Speech) -> Words:
    texts, lang = speech.texts, speech.common(rate.name)
    name, written = rate.name.in_(lang), in_words(day, lang)
    if now is None:
        return speech.marked(texts.rate_unknown.in_(lang).format(name=name, day=written), lang)
    value = texts.amount(now.value, rate.unit, lang)
    return speech.marked(texts.rate_known.in_(lang).format(name=name, value=value, day=written), lang)


def _past(rate: RateFile, past: IntervalFile, speech: Speech) -> PastRateView:
    assert past.until is not None
    lang, last = speech.lang, past.until - timedelta(days=1)
    value = speech.texts.amount(past.value, rate.unit, lang)
    said = speech.texts.rate_history.in_(lang).format(
        value=value, start=in_words(past.start, lang), end=in_words(last, lang)
    )
    return PastRateView(value=past.value, start=past.start, end=past.until, says=said)
