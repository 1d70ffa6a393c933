"""An application (søknad): a draft that is filled in, then what was sent in, then what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.applications.domain.answer import Answer
from services.applications.domain.applicant import Relation
from services.applications.domain.errors import AlreadySubmitted, CannotWithdraw, NotADraft, NotTheApplicant


class Status(StrEnum):
    """Where the application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    DOCUMENTATION_REQUESTED = "documentation-requested"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


UNDER_WAY = frozenset({Status.SUBMITTED, Status.RECEIVED, Status.DOCUMENTATION_REQUESTED})
WITHDRAWABLE = UNDER_WAY | {Status.DRAFT}


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft holds: what was filled in for the applicant, what she said herself, and her own words."""

    prefilled: Mapping[str, Answer] = field(default_factory=dict)
    given: Mapping[str, Answer] = field(default_factory=dict)
    free_text: str | None = None

    def answer(self, fact_id: str) -> Answer | None:
        """The answer that counts: the applicant's own before the one filled in."""
        return self.given.get(fact_id) or self.prefilled.get(fact_id)

    def answers(self) -> dict[str, Answer]:
        """Every answer that counts, by fact."""
        return {**self.prefilled, **self.given}


@dataclass(frozen=True, slots=True)
class Address:
    """Whom it was sent to, and that organisation's pseudonym of the child."""

    kind: str
    orgnr: str
    child_alias: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Application:
    """One application for one right. `revision` counts every change (ETag), `version` those that were told to others (events)."""

    id: UUID
    child_id: UUID
    applicant_id: UUID
    relation: Relation
    form_id: str
    form_version: int
    right_id: str
    status: Status
    revision: int
    version: int
    created_at: datetime
    changed_at: datetime
    content: Content | None = None
    address: Address | None = None
    submitted_at: datetime | None = None
    snapshot: bytes | None = None
    snapshot_sha256: str | None = None

    def require_applicant(self, person: UUID) -> None:
        """Only the one who applies changes it. Raises NotTheApplicant."""
        if person != self.applicant_id:
            raise NotTheApplicant

    def require_draft(self) -> Content:
        """The draft's content. Raises NotADraft."""
        if self.status is not Status.DRAFT or self.content is None:
            raise NotADraft(self.status)
        return self.content


def change(application: Application, content: Content, *, form_version: int | None = None, at: datetime) -> Application:
    """The draft with other content, on the form's newest version where one is given. Raises NotADraft."""
    application.require_draft()
    version = form_version or application.form_version
    return replace(application, content=content, form_version=version, revision=application.revision + 1, changed_at=at)


def require_unsent(application: Application) -> Content:
    """The content of a draft that can be sent in. Raises AlreadySubmitted, or NotADraft when it was withdrawn."""
    if application.submitted_at is not None:
        raise AlreadySubmitted(application.status)
    return application.require_draft()


def submit(application: Application, address: Address, snapshot: bytes, sha256: str, *, at: datetime) -> Application:
    """Sent in, for good. Raises AlreadySubmitted or NotADraft."""
    require_unsent(application)
    sent = moved(application, Status.SUBMITTED, at=at)
    return replace(sent, content=None, address=address, submitted_at=at, snapshot=snapshot, snapshot_sha256=sha256)


def withdraw(application: Application, *, at: datetime) -> Application:
    """Taken back by the applicant. A draft nobody has seen loses its content; what was sent in is kept. Raises CannotWithdraw."""
    if application.status not in WITHDRAWABLE:
        raise CannotWithdraw(application.status)
    if application.submitted_at is None:
        return replace(
            application, status=Status.WITHDRAWN, content=None, revision=application.revision + 1, changed_at=at
        )
    return moved(application, Status.WITHDRAWN, at=at)


def touched(application: Application, *, at: datetime) -> Application:
    """Changed in something that nobody else is told of."""
    return replace(application, revision=application.revision + 1, changed_at=at)


def moved(application: Application, status: Status, *, at: datetime) -> Application:
    """At another place, or changed in something that others are told of: the next version."""
    return replace(
        application, status=status, revision=application.revision + 1, version=application.version + 1, changed_at=at
    )
