"""What is asked for, and what counts as an answer."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from services.applications.domain.application import Status
from services.applications.domain.attachment import MAX_COUNT, MAX_IN_DRAFT, Attachment, attach, detach
from services.applications.domain.documentation import (
    DocumentationRequest,
    Said,
    answer,
    require_answerable_by,
    require_room,
)
from services.applications.domain.errors import (
    NotADraft,
    NothingIsDue,
    NotTheApplicant,
    TooManyAttachments,
    TooManyRequests,
)
from shared.domain import InvalidInput
from tests.services.applications.builders import AT, CHILD, MOTHER, draft

TODAY = date(2026, 11, 24)
REQUEST = DocumentationRequest(UUID(int=9), UUID(int=8), CHILD, "En uttalelse", date(2026, 12, 15), AT)
WAITING = draft(status=Status.DOCUMENTATION_REQUESTED, content=None, revision=4, version=3)


def file(**more):
    given = {"uploaded_by": MOTHER, "uploaded_at": AT, "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    return Attachment(id=uuid4(), application_id=UUID(int=8), child_id=CHILD, file_name="a.pdf", **{**given, **more})


def codes(request, text, wanted, attached):
    with pytest.raises(InvalidInput) as refused:
        answer(request, Said(text, tuple(wanted)), attached, at=AT)
    return {fault.field: fault.code for fault in refused.value.faults}


def test_words_files_or_both_are_an_answer():
    mine = file()
    assert answer(REQUEST, Said("Her."), [], at=AT).answer == "Her."
    assert answer(REQUEST, Said(None, (mine.id,)), [mine], at=AT).attachments == (mine.id,)
    both = answer(REQUEST, Said("Her.", (mine.id,)), [mine, file()], at=AT)
    assert (both.answered_at, both.answer, both.attachments) == (AT, "Her.", (mine.id,))


@pytest.mark.parametrize("text", [None, ""])
def test_nothing_is_no_answer(text):
    assert codes(REQUEST, text, [], [file()]) == {"text": "nothing-said"}


def test_each_file_is_one_that_is_here_and_not_sent_and_named_once():
    mine, sent = file(), file(is_sent=True)
    assert codes(REQUEST, "Her.", [mine.id, sent.id, uuid4(), mine.id], [mine, sent]) == {
        "attachment_ids.1": "not-attached",
        "attachment_ids.2": "not-attached",
        "attachment_ids.3": "twice",
    }


def test_a_request_is_answered_once():
    with pytest.raises(NothingIsDue):
        answer(replace(REQUEST, answered_at=AT), Said("Her."), [], at=AT)


@pytest.mark.parametrize("deadline", [TODAY, date(2026, 11, 23)])
def test_the_family_gets_at_least_a_day(deadline):
    require_answerable_by(date(2026, 11, 25), today=TODAY)
    with pytest.raises(InvalidInput):
        require_answerable_by(deadline, today=TODAY)


def test_a_case_may_hold_fifty_requests():
    require_room(49)
    with pytest.raises(TooManyRequests):
        require_room(50)


def test_files_are_attached_while_documentation_is_asked_for_beyond_what_a_draft_holds():
    attached = attach(WAITING, MOTHER, MAX_IN_DRAFT, at=AT)
    assert (attached.revision, attached.version, attached.status) == (5, 3, Status.DOCUMENTATION_REQUESTED)
    with pytest.raises(TooManyAttachments):
        attach(WAITING, MOTHER, MAX_COUNT, at=AT)
    with pytest.raises(TooManyAttachments):
        attach(draft(), MOTHER, MAX_IN_DRAFT, at=AT)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RECEIVED, Status.DECIDED, Status.WITHDRAWN])
def test_nothing_is_attached_when_nothing_is_asked_for(status):
    with pytest.raises(NotADraft):
        attach(replace(WAITING, status=status), MOTHER, 0, at=AT)
    with pytest.raises(NotADraft):
        detach(replace(WAITING, status=status), file(), MOTHER, at=AT)


def test_what_the_authority_has_is_not_taken_off():
    assert detach(WAITING, file(), MOTHER, at=AT).revision == 5
    with pytest.raises(NotADraft):
        detach(WAITING, file(is_sent=True), MOTHER, at=AT)


def test_only_the_applicant_attaches_and_takes_off():
    with pytest.raises(NotTheApplicant):
        attach(WAITING, CHILD, 0, at=AT)
    with pytest.raises(NotTheApplicant):
        detach(WAITING, file(), CHILD, at=AT)
