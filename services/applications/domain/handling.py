"""What has become of an application since it was sent: the receipt, what was asked for, and the decision; and what is under way beside it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.applications.domain.application import Application
from services.applications.domain.decision import Decision
from services.applications.domain.documentation import DocumentationRequest
from services.applications.domain.form import JudgedFor
from services.applications.domain.viewer import Viewer
from shared.domain import NotFound


@dataclass(frozen=True, slots=True)
class Receipt:
    """The authority has taken the application in, under its own case reference if it has given one."""

    received_at: datetime
    case_reference: str | None


@dataclass(frozen=True, slots=True)
class Handling:
    """One application's case handling (saksbehandling) so far. `requests`: oldest first. `beside`: the applicant's view of others under way for the same right."""

    receipt: Receipt | None = None
    requests: tuple[DocumentationRequest, ...] = ()
    decision: Decision | None = None
    beside: tuple[Application, ...] = ()

    def request(self, request_id: UUID) -> DocumentationRequest:
        """One of the requests. Raises NotFound."""
        found = next((each for each in self.requests if each.id == request_id), None)
        if found is None:
            raise NotFound
        return found


NOTHING = Handling()


def shown_to(handling: Handling, viewer: Viewer, judged_for: JudgedFor) -> Handling:
    """The handling as the viewer may see it. What an authority asks and why it decides follows from what the applicant wrote, so it goes with that."""
    return handling if viewer.sees_own_words(judged_for) else NOTHING
