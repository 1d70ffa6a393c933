"""CloudEvents in binary mode: what is written is what is read, and what is no CloudEvent is refused."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from shared.events.envelope import Envelope, Received, sequence, version_of


def envelope(**changed):
    given = {
        "event_id": uuid4(),
        "type": "no.somlos.profile.updated.v1",
        "source": "/somlos/mapping",
        "subject": uuid4(),
        "epoch": 1,
        "version": 42,
        "time": datetime(2026, 11, 24, 10, tzinfo=UTC),
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    }
    return Envelope(**{**given, **changed})


def test_what_is_written_is_read():
    written = envelope()
    read = Received.of(written.headers())
    assert (read.event_id, read.type, read.source, read.subject) == (
        written.event_id,
        written.type,
        written.source,
        written.subject,
    )
    assert (read.sequence, read.time, read.traceparent) == ("0001.000000000042", written.time, written.traceparent)


def test_a_trace_may_be_missing():
    assert Received.of(envelope(traceparent=None).headers()).traceparent is None


@pytest.mark.parametrize(
    "name", ["ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_subject", "ce_sequence"]
)
def test_what_lacks_a_part_is_no_event(name):
    with pytest.raises(ValueError, match=name):
        Received.of([header for header in envelope().headers() if header[0] != name])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_specversion", b"0.3"),
        ("ce_id", b"1"),
        ("ce_subject", b"x"),
        ("ce_time", b"now"),
        ("ce_sequence", b"x"),
        ("ce_type", b"\xff"),
    ],
)
def test_what_has_a_wrong_part_is_no_event(name, value):
    headers = {**dict(envelope().headers()), name: value}
    with pytest.raises(ValueError, match=r"\S"):
        Received.of(headers.items())


def test_a_sequence_compares_as_text():
    inside = [sequence(1, 9), sequence(1, 10), sequence(1, 10**9), sequence(2, 1), sequence(10, 1)]
    assert inside == sorted(inside)
    assert [version_of(each) for each in inside] == [(1, 9), (1, 10), (1, 10**9), (2, 1), (10, 1)]
