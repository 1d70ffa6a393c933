"""What an application may become."""

import pytest

from services.applications.domain.application import Address, Content, Status, change, submit, withdraw
from services.applications.domain.errors import AlreadySubmitted, CannotWithdraw, NotADraft
from tests.services.applications.builders import AT, draft, told

TO = Address("municipality", "312482754", "alias", protected=False)


def sent(**more):
    given = {
        "status": Status.SUBMITTED,
        "content": None,
        "submitted_at": AT,
        "snapshot": b"{}",
        "version": 1,
        "revision": 4,
        **more,
    }
    return draft(**given)


def test_submitting_freezes_addresses_and_numbers_the_first_event():
    after = submit(draft(revision=3), TO, b"{}", "00", at=AT)
    assert (after.status, after.version, after.revision, after.content, after.address) == (
        Status.SUBMITTED,
        1,
        4,
        None,
        TO,
    )


def test_what_was_sent_is_sent_once():
    with pytest.raises(AlreadySubmitted):
        submit(sent(), TO, b"{}", "00", at=AT)


def test_changing_counts_revisions_and_no_events():
    after = change(draft(), Content({"a": told("a", True)}), form_version=2, at=AT)
    assert (after.revision, after.version, after.form_version) == (2, 0, 2)


@pytest.mark.parametrize(
    "status", [Status.SUBMITTED, Status.RECEIVED, Status.DOCUMENTATION_REQUESTED, Status.DECIDED, Status.WITHDRAWN]
)
def test_only_a_draft_changes(status):
    with pytest.raises(NotADraft):
        change(sent(status=status), Content(), at=AT)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RECEIVED, Status.DOCUMENTATION_REQUESTED])
def test_an_open_application_is_withdrawn_and_told_of(status):
    after = withdraw(sent(status=status), at=AT)
    assert (after.status, after.version, after.snapshot) == (Status.WITHDRAWN, 2, b"{}")


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_a_closed_application_is_not_withdrawn(status):
    with pytest.raises(CannotWithdraw):
        withdraw(sent(status=status), at=AT)


def test_a_withdrawn_draft_is_empty_and_untold():
    after = withdraw(draft(Content({"a": told("a", True)})), at=AT)
    assert (after.status, after.version, after.content) == (Status.WITHDRAWN, 0, None)
