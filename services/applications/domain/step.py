"""The steps of a case (saksgang): which may be taken where an application stands, where each leads, and which is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.applications.domain.application import Application, Status, moved
from services.applications.domain.errors import (
    AnswerIsDue,
    DecisionIsDue,
    NothingIsDue,
    ReceiptIsDue,
    WrongStep,
)


class Step(StrEnum):
    """What the authority or the family does to an application that was sent in."""

    RECEIPT = "receipt"
    DOCUMENTATION_REQUEST = "documentation-request"
    ANSWER = "answer"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an application stands: what may be done, and what is due. An authority may decide without waiting for the family's answer."""

    may: frozenset[Step] = frozenset()
    due: Step | None = None


STAGES: Mapping[Status, Stage] = {
    Status.DRAFT: Stage(),
    Status.SUBMITTED: Stage(frozenset({Step.RECEIPT}), Step.RECEIPT),
    Status.RECEIVED: Stage(frozenset({Step.DOCUMENTATION_REQUEST, Step.DECISION}), Step.DECISION),
    Status.DOCUMENTATION_REQUESTED: Stage(frozenset({Step.ANSWER, Step.DECISION}), Step.ANSWER),
    Status.DECIDED: Stage(),
    Status.WITHDRAWN: Stage(),
}
LEADS_TO: Mapping[Step, Status] = {
    Step.RECEIPT: Status.RECEIVED,
    Step.DOCUMENTATION_REQUEST: Status.DOCUMENTATION_REQUESTED,
    Step.ANSWER: Status.RECEIVED,
    Step.DECISION: Status.DECIDED,
}
_REFUSALS: Mapping[Step | None, type[WrongStep]] = {
    Step.RECEIPT: ReceiptIsDue,
    Step.ANSWER: AnswerIsDue,
    Step.DECISION: DecisionIsDue,
    None: NothingIsDue,
}


def require_step(application: Application, step: Step) -> None:
    """The step may be taken now. Raises the WrongStep that says what is due."""
    stage = STAGES[application.status]
    if step not in stage.may:
        raise _REFUSALS[stage.due](step, application.status, stage.due)


def take(application: Application, step: Step, *, at: datetime) -> Application:
    """The application one step on. Raises WrongStep."""
    require_step(application, step)
    return moved(application, LEADS_TO[step], at=at)
