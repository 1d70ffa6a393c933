"""Acts by their full names, as people read them."""

import pytest

from services.status.store import acts, deadlines
from services.status.store.files import BadDataFile

ACTS = acts.load()


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("fvl § 29 første ledd", ("forvaltningsloven § 29 første ledd",)),
        ("ftrl § 21-12 femte ledd; fvl § 29", ("folketrygdloven § 21-12 femte ledd", "forvaltningsloven § 29")),
        ("forskrift om parkeringstillatelse § 3", ("forskrift om parkeringstillatelse for forflytningshemmede § 3",)),
        ("sosialtjenesteloven § 41", ("lov om sosiale tjenester i Nav § 41",)),
        ("none: Helsetilsynets krav", ()),
    ],
)
def test_a_place_is_named_in_full(law, said):
    assert ACTS.spelled_out(law) == said


def test_an_act_that_is_not_listed_is_refused():
    with pytest.raises(BadDataFile):
        ACTS.spelled_out("xyz § 1")


def test_every_deadline_names_acts_that_are_listed():
    for deadline in deadlines.load():
        assert all("§" in place or "kap." in place for place in ACTS.spelled_out(deadline.law)), deadline.id
