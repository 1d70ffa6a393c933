"""The state machine of a case, as a table."""

import pytest

from services.applications.domain import errors
from services.applications.domain.application import Status
from services.applications.domain.step import LEADS_TO, STAGES, Step, require_step, take
from tests.services.applications.builders import AT, draft

MAY = {
    (Status.SUBMITTED, Step.RECEIPT): Status.RECEIVED,
    (Status.RECEIVED, Step.DOCUMENTATION_REQUEST): Status.DOCUMENTATION_REQUESTED,
    (Status.RECEIVED, Step.DECISION): Status.DECIDED,
    (Status.DOCUMENTATION_REQUESTED, Step.ANSWER): Status.RECEIVED,
    (Status.DOCUMENTATION_REQUESTED, Step.DECISION): Status.DECIDED,
}
DUE = {
    Status.DRAFT: (None, errors.NothingIsDue),
    Status.SUBMITTED: ("receipt", errors.ReceiptIsDue),
    Status.RECEIVED: ("decision", errors.DecisionIsDue),
    Status.DOCUMENTATION_REQUESTED: ("answer", errors.AnswerIsDue),
    Status.DECIDED: (None, errors.NothingIsDue),
    Status.WITHDRAWN: (None, errors.NothingIsDue),
}
EVERY = [(status, step) for status in Status for step in Step]


@pytest.mark.parametrize(("status", "step"), EVERY)
def test_a_step_leads_on_or_is_refused_with_what_is_due(status, step):
    before = draft(status=status, revision=5, version=3)
    if (status, step) in MAY:
        after = take(before, step, at=AT)
        assert (after.status, after.revision, after.version) == (MAY[status, step], 6, 4)
        return
    due, refusal = DUE[status]
    with pytest.raises(refusal) as refused:
        require_step(before, step)
    assert (refused.value.step, refused.value.status, refused.value.due) == (step, status, due)


def test_every_place_and_every_step_stands_in_the_table():
    assert set(STAGES) == set(Status)
    assert set(LEADS_TO) == set(Step)
