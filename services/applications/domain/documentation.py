"""Documentation (dokumentasjon) that the authority asks for while it handles a case, and the family's answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.applications.domain.attachment import Attachment
from services.applications.domain.errors import NothingIsDue, TooManyRequests
from services.applications.domain.step import Step
from shared.domain import FieldFault, InvalidInput

MAX_COUNT = 50


@dataclass(frozen=True, slots=True)
class DocumentationRequest:
    """What the authority wants to see, and by which day (that day included). `answer`: the family's words, if it wrote any."""

    id: UUID
    application_id: UUID
    child_id: UUID
    what: str
    deadline: date
    asked_at: datetime
    answered_at: datetime | None = None
    answer: str | None = None
    attachments: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the family answers with: words, attachments, or both."""

    text: str | None
    attachment_ids: tuple[UUID, ...] = ()


def require_room(count: int) -> None:
    """A case that holds `count` requests has room for one more. Raises TooManyRequests."""
    if count >= MAX_COUNT:
        raise TooManyRequests(MAX_COUNT)


def require_answerable_by(deadline: date, *, today: date) -> None:
    """There is at least a day to answer in. Raises InvalidInput."""
    if deadline <= today:
        raise InvalidInput(FieldFault("deadline", "not-after-today", "a day after today"))


def answer(
    request: DocumentationRequest, said: Said, attached: Iterable[Attachment], *, at: datetime
) -> DocumentationRequest:
    """The request, answered with words, with attachments or with both. `attached`: the application's attachments.

    Raises InvalidInput when nothing is said or an attachment is not there to be sent, NothingIsDue when it is answered already."""
    if request.answered_at is not None:
        raise NothingIsDue(Step.ANSWER, "answered", None)
    faults = _faults(said.text, said.attachment_ids, {each.id for each in attached if not each.is_sent})
    if faults:
        raise InvalidInput(*faults)
    return replace(request, answered_at=at, answer=said.text, attachments=said.attachment_ids)


def _faults(text: str | None, chosen: tuple[UUID, ...], unsent: set[UUID]) -> list[FieldFault]:
    if not text and not chosen:
        return [FieldFault("text", "nothing-said", "text, or at least one of attachment_ids")]
    return [
        fault
        for place, each in enumerate(chosen)
        for fault in _faults_of(f"attachment_ids.{place}", each, chosen[:place], unsent)
    ]


def _faults_of(field: str, chosen: UUID, before: tuple[UUID, ...], unsent: set[UUID]) -> list[FieldFault]:
    if chosen not in unsent:
        return [FieldFault(field, "not-attached", "an attachment of this application that has not been sent yet")]
    return [FieldFault(field, "twice", "each attachment once")] if chosen in before else []
