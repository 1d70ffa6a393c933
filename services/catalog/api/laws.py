"""The acts that a service rests on: where they are published, what was read of them, and what is known to change."""

from datetime import date

from pydantic import Field

from services.catalog.api.speech import Speech, View
from services.catalog.store.laws import ActFile, ChangeFile
from services.catalog.store.services import ServiceFile


class ChangeView(View):
    """A change of the act that may not be in what was read."""

    start: str | None = Field(max_length=100, description="from which day, or in words; null when it was not found")
    by: str = Field(max_length=200)
    what: str = Field(max_length=1000)
    read: bool = Field(description="whether the new wording was read")


class ActView(View):
    """One act."""

    name: str = Field(max_length=300)
    ref: str = Field(max_length=100)
    url: str = Field(max_length=300)
    sections: list[str] = Field(max_length=100)
    read: bool | str = Field(description="whether the sections were read: true, partly or false")
    newest_copy: str | None = Field(max_length=20, description="the day of the newest copy that was read")
    changes: list[ChangeView] = Field(
        max_length=30, description="changes that were not read, or are still to come on the day"
    )


def acts(service: ServiceFile, day: date, speech: Speech) -> list[ActView]:
    """The acts of the service."""
    return [_act(speech.book.acts[law.ref], law.sections, law.read, day) for law in service.law]


def _act(act: ActFile, sections: list[str], read: bool | str, day: date) -> ActView:
    return ActView(
        name=act.name,
        ref=act.ref,
        url=act.url,
        sections=sections,
        read=read,
        newest_copy=max((str(copy.as_of) for copy in act.copies), default=None),
        changes=[_change(each) for each in act.changes if _may_matter(each, day)],
    )


def _may_matter(change: ChangeFile, day: date) -> bool:
    return not change.read or change.start is None or str(change.start) > day.isoformat()


def _change(change: ChangeFile) -> ChangeView:
    start = None if change.start is None else str(change.start)
    return ChangeView(start=start, by=change.by, what=change.what, read=change.read)
