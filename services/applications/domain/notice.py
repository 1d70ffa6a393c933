"""What an applicant should know before sending: that an application for the same right is on its way already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.applications.domain.application import UNDER_WAY, Application, Status
from services.applications.domain.form import JudgedFor


@dataclass(frozen=True, slots=True)
class SentAlready:
    """Another application for the same right and child, sent and not decided. `yours`: the reader sent it. `may_still_send`: the reader's own is a draft."""

    application_id: UUID
    submitted_at: datetime
    yours: bool
    may_still_send: bool


def can_be_doubled(application: Application, person: UUID | None) -> bool:
    """Whether this person is to be told of others beside it: the applicant alone, of what is not sent or not decided."""
    return person == application.applicant_id and application.status in {Status.DRAFT, *UNDER_WAY}


def sent_already(
    application: Application, others: Iterable[Application], judged_for: JudgedFor, *, person: UUID | None
) -> tuple[SentAlready, ...]:
    """Those of the others that were sent before it, for this reader. A right that each guardian has for itself is another application
    for each of them: there only one's own counts, and one guardian's is no matter of the other's."""
    if not can_be_doubled(application, person):
        return ()
    return tuple(
        SentAlready(
            application_id=other.id,
            submitted_at=other.submitted_at,
            yours=other.applicant_id == person,
            may_still_send=application.status is Status.DRAFT,
        )
        for other in others
        if _is_same(application, other)
        and other.submitted_at is not None
        and (application.submitted_at is None or other.submitted_at < application.submitted_at)
        and (judged_for is JudgedFor.CHILD or other.applicant_id == person)
    )


def _is_same(application: Application, other: Application) -> bool:
    same = (other.child_id, other.right_id) == (application.child_id, application.right_id)
    return same and other.status in UNDER_WAY
