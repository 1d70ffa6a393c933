"""Which of our languages a caller wants."""

import pytest

from shared.texts import Lang, parse_language


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("nb", Lang.NB),
        ("nn-NO,nb;q=0.9,en;q=0.8", Lang.NN),
        ("en-GB", Lang.EN),
        ("EN", Lang.EN),
        ("no", Lang.NB),
        ("de, en;q=0.5", Lang.EN),
        ("en;q=0.1, nn ; q=0.9", Lang.NN),
        ("en;q=0, nn;q=0.2", Lang.NN),
        ("en;q=x", Lang.NB),
        ("en;level=1", Lang.NB),
        ("enm", Lang.NB),
        ("sv", Lang.NB),
        ("*", Lang.NB),
        (";;,=,", Lang.NB),
        ("", Lang.NB),
        (None, Lang.NB),
        ("x" * 300 + ",en", Lang.NB),
    ],
)
def test_the_most_wanted_of_our_languages_is_used_and_else_bokmaal(header, lang):
    assert parse_language(header) is lang
