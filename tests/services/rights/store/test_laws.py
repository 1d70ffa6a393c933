"""A legal reference in its parts, with what was read of it and when."""

from datetime import date

import pytest

from services.rights.domain.confidence import Confidence
from services.rights.store.laws import Read, references
from services.rights.store.rulebook import rulebook


@pytest.mark.parametrize(
    ("law", "section", "paragraph", "letter"),
    [
        ("ftrl § 6-4 første ledd", "6-4", "første", None),
        ("ftrl § 22-3 b", "22-3 b", None, None),
        ("ftrl § 10-7 første ledd bokstav a", "10-7", "første", "a"),
        ("ftrl § 6-8 femte og sjuende ledd", "6-8", "femte og sjuende", None),
        ("ftrl § 6-5 første ledd andre punktum", "6-5", "første", None),
        ("aml § 12-10", "12-10", None, None),
    ],
)
def test_a_reference_is_taken_apart(law, section, paragraph, letter):
    (found,) = references(law, rulebook().acts)
    assert (found.short, found.section, found.paragraph, found.letter) == (
        law.split(" ")[0],
        section,
        paragraph,
        letter,
    )


def test_a_reference_says_what_was_read_and_in_a_copy_of_which_day():
    read, other = references("ftrl § 6-4 første ledd; barnevernsloven § 15-9", rulebook().acts)
    assert (read.was_read, read.as_of, read.confidence) == (Read.READ, date(2026, 6, 20), Confidence.SOURCED)
    assert (other.was_read, other.as_of, other.confidence) == (Read.NOT_READ, None, Confidence.MEMORY)
    assert other.url.startswith("https://lovdata.no/")


def test_a_chapter_has_no_section():
    (found,) = references("ftrl kap. 6", rulebook().acts)
    assert (found.place, found.section, found.chapter) == ("kap. 6", None, "6")


@pytest.mark.parametrize(
    "law", ["ftrl 6-4", "ftrl §§ 6-4 og 6-5", "ftrl § 6-4 jf. § 6-5", "ftrl § 6-4 overalt", "none:", ""]
)
def test_what_does_not_parse_is_refused(law):
    with pytest.raises(ValueError, match=r"no act|no law"):
        references(law, rulebook().acts)


def test_every_reference_of_every_node_leads_to_a_place():
    nodes = [node for right in rulebook().rights.values() for _, node in right.nodes if node.law]
    places = [place for node in nodes for place in references(node.law, rulebook().acts)]
    assert len(places) > 900
    assert all(place.section or place.chapter or place.act is None for place in places)
