"""A service described: for whom, how to get it, by what law, how sure that is and how fresh."""

from datetime import date

from pydantic import ConfigDict, Field

from services.catalog.api.amounts import AmountView, amounts
from services.catalog.api.laws import ActView, acts
from services.catalog.api.speech import NamedView, SourceView, Speech, SurenessView, View, Words
from services.catalog.store.services import ServiceFile


class SummaryView(View):
    """A service in a list."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "hjelpestonad",
                "href": "/catalog/v1/services/hjelpestonad",
                "name": {"text": "Hjelpestønad", "lang": "nb"},
                "summary": {"text": "For den som trenger tilsyn og pleie.", "lang": "nb"},
                "kind": {"id": "benefit", "name": {"text": "Ytelse", "lang": "nb"}},
                "area": {"id": "economy", "name": {"text": "Økonomi", "lang": "nb"}},
                "level": {"id": "state", "name": {"text": "Staten", "lang": "nb"}},
                "authority": {"id": "nav", "name": {"text": "Nav", "lang": "nb"}},
                "judged_for": "child",
                "application_needed": True,
                "confidence": {"level": "sourced", "says": "Kontrollert mot kildene som står her."},
                "newest_source": "2026-08-20",
            }
        }
    )

    id: str = Field(max_length=100)
    href: str = Field(max_length=200)
    name: Words
    summary: Words
    kind: NamedView
    area: NamedView
    level: NamedView
    authority: NamedView
    judged_for: str = Field(max_length=20, description="child: the child has the right; guardian: each guardian has it")
    application_needed: bool = Field(description="false: one has it without applying")
    confidence: SurenessView
    newest_source: str | None = Field(
        max_length=20, description="day, month or year of the newest source; null when none is dated"
    )


class ApplicationView(View):
    """Who may apply, and how. Deadlines are ids."""

    needed: bool
    says: str = Field(max_length=200)
    who_may: list[NamedView] = Field(max_length=10)
    form: str | None = Field(max_length=300)
    form_says: str | None = Field(max_length=200, description="said when there is no national form")
    channel: Words | None
    documentation: list[Words] = Field(max_length=30)
    deadline: str | None = Field(max_length=100)
    back_payment_months: int | None
    answer_deadline: str | None = Field(max_length=100)
    preliminary_answer: str | None = Field(max_length=100)
    confidence: SurenessView
    note: Words | None


class ComplaintView(View):
    """Where a complaint goes. The deadline is an id."""

    deadline: str | None = Field(max_length=100)
    body: NamedView
    send_to: Words | None
    further: Words | None
    law: str = Field(max_length=300)
    confidence: SurenessView
    note: Words | None


class TurnView(View):
    """What changes at an age."""

    at_age: int
    falls: str = Field(max_length=40)
    effect: Words
    confidence: SurenessView


class LinkView(View):
    """Another service that this one touches, and how."""

    relation: str = Field(max_length=40)
    service: NamedView


class ServiceView(SummaryView):
    """A service with all that is known of it."""

    on: date = Field(description="the day in Europe/Oslo that the amounts are for")
    compiled_on: date = Field(description="when the catalogue was put together")
    disclaimer: str = Field(max_length=500)
    since: date | None
    decides: Words | None = Field(description="what the authority decides")
    web: str | None = Field(max_length=500, description="the authority's address")
    law: list[ActView] = Field(max_length=30)
    amounts: list[AmountView] = Field(max_length=50)
    application: ApplicationView
    complaint: ComplaintView
    transitions: list[TurnView] = Field(max_length=20)
    links: list[LinkView] = Field(max_length=100)
    notes: Words | None
    sources: list[SourceView] = Field(max_length=50)
    unverified: list[str] = Field(max_length=50, description="parts that the sources do not confirm, as paths")
    unverified_says: str | None = Field(max_length=300)


def summary(service: ServiceFile, speech: Speech) -> SummaryView:
    """The service as a line of a list."""
    texts = speech.texts
    return SummaryView(
        id=service.id,
        href=f"/catalog/v1/services/{service.id}",
        name=speech.words(service.name),
        summary=speech.words(service.summary),
        kind=speech.named(service.kind, texts.kinds[service.kind]),
        area=speech.named(service.area, texts.areas[service.area]),
        level=speech.named(service.level, texts.levels[service.level]),
        authority=speech.organisation(service.authority),
        judged_for=service.judged_for,
        application_needed=service.application.needed,
        confidence=speech.sureness(service.confidence),
        newest_source=max((str(each.as_of) for each in service.sources if each.as_of is not None), default=None),
    )


def description(service: ServiceFile, day: date, speech: Speech) -> ServiceView:
    """The service with all that is known of it on the day."""
    texts, lang, authority = speech.texts, speech.lang, speech.book.organisations[service.authority]
    return ServiceView(
        **dict(summary(service, speech)),
        on=day,
        compiled_on=speech.book.meta.compiled_on,
        disclaimer=texts.disclaimer.in_(lang),
        since=service.valid.start,
        decides=speech.norwegian(authority.decides),
        web=authority.web,
        law=acts(service, day, speech),
        amounts=amounts(service, day, speech),
        application=_application(service, speech),
        complaint=_complaint(service, speech),
        transitions=_transitions(service, speech),
        links=_links(service, speech),
        notes=speech.words(service.notes) if service.notes else None,
        sources=[speech.source(each) for each in service.sources],
        unverified=service.unverified,
        unverified_says=texts.unverified.in_(lang) if service.unverified else None,
    )


def _application(service: ServiceFile, speech: Speech) -> ApplicationView:
    way, texts, lang = service.application, speech.texts, speech.lang
    return ApplicationView(
        needed=way.needed,
        says=texts.apply[way.needed].in_(lang),
        who_may=[speech.named(who, texts.who_may[who]) for who in way.who_may],
        form=way.form,
        form_says=texts.no_national_form.in_(lang) if way.needed and way.form is None else None,
        channel=speech.norwegian(way.channel),
        documentation=[words for each in way.documentation if (words := speech.norwegian(each))],
        deadline=way.deadline,
        back_payment_months=way.back_payment_months,
        answer_deadline=service.answer.deadline if service.answer else None,
        preliminary_answer=service.answer.preliminary if service.answer else None,
        confidence=speech.sureness(way.confidence),
        note=speech.norwegian(way.note),
    )


def _complaint(service: ServiceFile, speech: Speech) -> ComplaintView:
    complaint = service.complaint
    return ComplaintView(
        deadline=complaint.deadline,
        body=speech.organisation(complaint.body),
        send_to=speech.norwegian(complaint.send_to),
        further=speech.norwegian(complaint.further),
        law=complaint.law,
        confidence=speech.sureness(complaint.confidence),
        note=speech.norwegian(complaint.note),
    )


def _transitions(service: ServiceFile, speech: Speech) -> list[TurnView]:
    return [
        TurnView(
            at_age=each.at_age,
            falls=each.falls,
            effect=speech.words(each.effect),
            confidence=speech.sureness(each.confidence or service.confidence),
        )
        for each in service.transitions
    ]


def _links(service: ServiceFile, speech: Speech) -> list[LinkView]:
    found = [(relation, each) for relation, others in service.links.items() for each in others]
    return [
        LinkView(relation=relation, service=speech.named(each, speech.book.services[each].name))
        for relation, each in found
    ]
