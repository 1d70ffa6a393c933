"""The words for a right in other languages and for youth: what fits the right, and what is said of the rest."""

import pytest

from services.rights.store.files import DataFault
from services.rights.store.right_texts import in_languages, read_right_texts
from services.rights.store.rulebook import rulebook
from services.rights.store.written import missing_texts
from shared.texts import Lang, Text

RIGHT = "barnekoordinator"
GOOD = """
right: barnekoordinator
summary: {nn: {text: For familiar., state: machine}, en: {text: For families., state: human}}
youth:
  nb: {text: Du kan få hjelp., state: machine}
  nn: {text: Du kan få hjelp no., state: machine}
  en: {text: You can get help., state: machine}
transitions:
  - {nn: {text: Plikta sluttar., state: machine}}
assess:
  lasting-coordinated-need: {nn: {text: Om behovet varer., state: machine}}
  when.all.4.any.1: {en: {text: Whether others are needed., state: machine}}
"""


def read(folder, content=GOOD, name=RIGHT):
    (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return read_right_texts(folder, rulebook().rights)


def test_what_must_be_judged_is_found_by_node_whether_it_was_named_by_id_or_path(tmp_path):
    texts = read(tmp_path)[RIGHT]
    assert texts.assessed("lasting-coordinated-need", "Om det varer").in_(Lang.NN) == "Om behovet varer."
    assert (
        texts.assessed("other-welfare-services-needed", "Om andre trengs").in_(Lang.EN) == "Whether others are needed."
    )
    assert texts.assessed("without-lawful-stay", "Egne regler") == Text(nb="Egne regler")


def test_what_a_person_wrote_in_the_rule_file_is_never_replaced(tmp_path):
    summary = read(tmp_path)[RIGHT].summary
    by_hand = Text(nb="For familier.", nn="For familiane.")
    assert in_languages(by_hand, summary) == Text(nb="For familier.", nn="For familiane.", en="For families.")


def test_a_youth_is_spoken_to_in_every_language(tmp_path):
    youth = read(tmp_path)[RIGHT].youth.text
    assert [youth.in_(lang) for lang in Lang] == ["Du kan få hjelp.", "Du kan få hjelp no.", "You can get help."]


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("right: barnekoordinator", "right: frikort", "right: 'frikort' is not the right that the file is named after"),
        ("right: barnekoordinator", "right: julenisse", "right: 'julenisse' is not the right"),
        ("lasting-coordinated-need:", "no-such-node:", "assess.no-such-node: the right has no such node"),
        ("lasting-coordinated-need:", "member:", "assess.member: the right has no such node"),
        ("when.all.4.any.1:", "when.all.9:", "assess.when.all.9: the right has no such node"),
        ("state: human", "state: perfect", "summary.en.state: Input should be"),
        ("  en: {text: You can get help., state: machine}\n", "", "youth.en: Field required"),
        ("transitions:", "transitions:\n  - {}", "transitions: the right has 1 transitions, the texts 2"),
        ("right:", "shoes: {}\nright:", "shoes: Extra inputs"),
    ],
)
def test_texts_that_do_not_fit_the_right_are_a_fault_with_its_place(tmp_path, good, bad, said):
    with pytest.raises(DataFault) as fault:
        read(tmp_path, GOOD.replace(good, bad))
    assert said in str(fault.value)


def test_notes_for_a_right_that_has_none_are_a_fault(tmp_path):
    rights = {RIGHT: rulebook().rights[RIGHT].model_copy(update={"notes": None})}
    (tmp_path / f"{RIGHT}.yaml").write_text(
        GOOD + "notes: {nn: {text: Gjeld alle., state: machine}}\n", encoding="utf-8"
    )
    with pytest.raises(DataFault, match="notes: the right has no notes"):
        read_right_texts(tmp_path, rights)


def test_every_right_has_every_text_in_nynorsk_english_and_for_youth():
    book = rulebook()
    assert missing_texts(book.rights, book.right_texts) == []
