import pytest

from gateway.edge.errors import BadPath, HeadersTooLarge, NationalIdInAddress
from gateway.edge.paths import checked_query, segments

CHILD = "0197c0de-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    "path",
    [
        "/mapping/v1/../internal",
        "/mapping/v1/..",
        "/./mapping/v1/facts",
        "/mapping//v1/facts",
        "//mapping/v1/facts",
        "/mapping/v1/%2e%2e/internal",
        "/mapping/v1/%2E./internal",
        "/mapping/v1%2ffacts",
        "/mapping/v1%2Ffacts",
        "/mapping/v1%252ffacts",
        "/mapping/v1/%252e%252e",
        "/mapping/v1/children/a\\b",
        "/mapping/v1/children/a%5cb",
        "/mapping/v1/children/a%5Cb",
        "/mapping/v1/children/a%00b",
        "/mapping/v1/children/a%0d%0ab",
        "/mapping/v1/children/a%20b",
        "/mapping/v1/children/a;b=c",
        "/mapping/v1/children/a%",
        "/mapping/v1/children/a%zz",
        "/mapping/v1/children/%c3%b8",
        "/mapping/v1/children/%ef%bc%8f",
        "mapping/v1/facts",
        "",
    ],
)
def test_an_address_with_a_trick_in_it_is_refused(path):
    with pytest.raises(BadPath):
        segments(path.encode())


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/mapping/v1/facts", ["mapping", "v1", "facts"]),
        ("/mapping/v1/fact%73", ["mapping", "v1", "facts"]),
        ("/mapping/v1/facts/", ["mapping", "v1", "facts", ""]),
        (f"/mapping/v1/children/{CHILD}", ["mapping", "v1", "children", CHILD]),
        ("/", [""]),
    ],
)
def test_an_address_is_read_once(path, parts):
    assert segments(path.encode()) == parts


def test_a_long_address_is_refused():
    with pytest.raises(HeadersTooLarge):
        segments(b"/" + b"a" * 1024)


def test_a_national_id_in_the_address_is_refused():
    with pytest.raises(NationalIdInAddress):
        segments(b"/mapping/v1/children/01817012345")
    with pytest.raises(NationalIdInAddress):
        segments(b"/mapping/v1/children/0181701234%35")


@pytest.mark.parametrize("query", [b"child=01817012345", b"a=1&child=01817012345&b=2", b"01817012345"])
def test_a_national_id_in_the_query_is_refused(query):
    with pytest.raises(NationalIdInAddress):
        checked_query(query)


@pytest.mark.parametrize("query", [b"", b"limit=50&cursor=WyIyMDI2Il0", b"child=0197c0de-0000-7000-8000-012345678901"])
def test_an_ordinary_query_passes_unchanged(query):
    assert checked_query(query) == query


@pytest.mark.parametrize("query", [b"a=\xc3\xb8", b"a b", b"a=%00", b"a%00=b"])
def test_a_query_that_is_not_encoded_is_refused(query):
    with pytest.raises(BadPath):
        checked_query(query)


def test_a_long_query_is_refused():
    with pytest.raises(HeadersTooLarge):
        checked_query(b"a" * 4097)
