"""What the law says about complaints is what the facts say, and every form's right is in it."""

from services.applications.store import complaint_law, forms, wordings
from services.applications.store.files import DATA
from tests.services.applications.carry_over import FILE, carried_over

LAW = complaint_law.load(frozenset())


def test_the_file_is_what_the_facts_say(facts_folder):
    expected = carried_over(facts_folder)
    assert FILE.read_bytes() == expected, "run python -m tests.services.applications.carry_over"
    assert FILE.parent == DATA


def test_every_form_has_a_rule_that_can_be_counted_and_its_right_says_the_same():
    for form in forms.load().values():
        stated = LAW.rights[form.right_id]
        assert (stated.rule, stated.body) == (form.complaint["deadline"], form.complaint["body"])
        assert LAW.rules[stated.rule].length is not None


def test_every_body_has_a_name_in_three_languages():
    assert all({"nb", "nn", "en"} <= set(name) for name in LAW.bodies.values())


def test_every_outcome_and_what_may_become_of_it_has_words_in_three_languages():
    sentences = wordings.load()
    assert set(sentences.outcomes) == {"granted", "partly", "refused"}
    assert set(sentences.superseded) == {"changed", "reversed", "partly-reversed"}
    assert all(text.nn and text.en for text in (*sentences.outcomes.values(), *sentences.superseded.values()))
