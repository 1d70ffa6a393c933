from uuid import uuid4

import pytest

from shared.events.applications import ApplicationStatus
from shared.events.complaints import ComplaintOutcome, ComplaintStatus
from shared.events.partners import (
    PartnerApplicationDecided,
    PartnerApplicationStatusChanged,
    PartnerApplicationSubmitted,
    PartnerComplaintChanged,
)
from tests.gateway.delivery.stories import NAV
from tests.support.clock import START

KINDS = [PartnerApplicationSubmitted, PartnerApplicationStatusChanged, PartnerApplicationDecided]
PERSONAL_WORDS = ("name", "national", "child", "guardian", "address", "text", "fact", "diagnosis", "value")


def event(kind):
    return kind(
        application_id=uuid4(),
        right_id="hjelpestonad",
        person="3f1c",
        status=ApplicationStatus.RECEIVED,
        occurred_at=START,
        reference="/applications/v1/inbox/1",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_goes_to_the_topic_of_the_one_it_is_addressed_to(kind):
    assert event(kind).addressed_to(NAV).topic_name == f"partner.{NAV}.events.v1"


def test_an_event_addressed_to_nobody_goes_nowhere():
    with pytest.raises(ValueError, match="names the partner"):
        _ = event(PartnerApplicationSubmitted).topic_name


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_has_six_fields_and_none_for_what_a_person_is_or_said(kind):
    fields = kind.model_json_schema()["properties"]
    assert set(fields) == {"application_id", "right_id", "person", "status", "occurred_at", "reference"}
    assert not [field for field in fields if any(word in field for word in PERSONAL_WORDS)]
    assert set(event(kind).addressed_to(NAV).model_dump()) == set(fields)


def test_what_a_partner_hears_of_a_complaint_has_eight_fields_and_none_for_what_a_person_is_or_said():
    told = PartnerComplaintChanged(
        complaint_id=uuid4(),
        application_id=uuid4(),
        right_id="hjelpestonad",
        person="3f1c",
        status=ComplaintStatus.DECIDED,
        outcome=ComplaintOutcome.REVERSED,
        occurred_at=START,
        reference="/status/v1/complaint-inbox/1",
    ).addressed_to(NAV)
    fields = set(PartnerComplaintChanged.model_json_schema()["properties"])
    assert told.topic_name == f"partner.{NAV}.events.v1"
    assert (told.aggregate_id, told.key) == (told.complaint_id, told.complaint_id)
    assert set(told.model_dump()) == fields
    assert fields == {
        "complaint_id",
        "application_id",
        "right_id",
        "person",
        "status",
        "outcome",
        "occurred_at",
        "reference",
    }
    assert not [field for field in fields if any(word in field for word in PERSONAL_WORDS)]
