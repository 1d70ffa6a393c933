"""Who is told of another application for the same right."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from services.applications.domain.application import Status
from services.applications.domain.form import JudgedFor
from services.applications.domain.notice import sent_already
from tests.services.applications.builders import AT, MOTHER, draft

EARLIER, LATER = AT - timedelta(days=3), AT + timedelta(days=3)
FATHER = uuid4()


def sent(at=EARLIER, **more):
    return draft(**{"status": Status.SUBMITTED, "submitted_at": at, "version": 1, **more})


def told(application, *others, judged_for=JudgedFor.CHILD, person=MOTHER):
    found = sent_already(application, others, judged_for, person=person)
    return [(each.application_id, each.yours, each.may_still_send) for each in found]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RECEIVED, Status.DOCUMENTATION_REQUESTED])
def test_a_draft_tells_of_what_is_sent_and_not_decided(status):
    other = sent(status=status)
    assert told(draft(), other) == [(other.id, True, True)]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.DECIDED, Status.WITHDRAWN])
def test_what_is_not_under_way_is_no_matter(status):
    assert told(draft(), sent(status=status)) == []


@pytest.mark.parametrize("unlike", [{"child_id": uuid4()}, {"right_id": "hjelpestonad"}])
def test_another_child_or_another_right_is_no_matter(unlike):
    assert told(draft(), sent(**unlike)) == []


def test_an_application_does_not_tell_of_itself():
    application = sent()
    assert told(application, application) == []


def test_once_sent_it_tells_of_the_earlier_one_and_no_more_of_what_may_be_done():
    earlier, later = sent(), sent(at=LATER)
    assert told(sent(at=AT), earlier, later) == [(earlier.id, True, False)]


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_once_decided_or_withdrawn_it_tells_of_nothing(status):
    assert told(sent(at=AT, status=status), sent()) == []


def test_another_ones_application_for_the_childs_right_is_told_of_as_not_yours():
    other = sent(applicant_id=FATHER)
    assert told(draft(), other) == [(other.id, False, True)]


def test_where_each_guardian_has_the_right_the_other_ones_application_is_no_matter():
    own, other = sent(), sent(applicant_id=FATHER)
    assert told(draft(), own, other, judged_for=JudgedFor.GUARDIAN) == [(own.id, True, True)]


@pytest.mark.parametrize("person", [FATHER, None])
def test_only_the_applicant_is_told(person):
    application = replace(sent(at=AT), applicant_id=MOTHER)
    assert told(application, sent(), person=person) == []
