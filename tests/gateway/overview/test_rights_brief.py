"""The rights on the start page: what the family has told about first, and no numbers where they say nothing."""

from datetime import date

from gateway.overview import said
from gateway.overview.rights_brief import rights_brief
from shared.texts import Lang
from tests.gateway.overview.family import right, words

CHILD = said.Child(id="child", name="Blid", age=9, died=None, ground="guardian", profile_version=1)
DEAD = CHILD.model_copy(update={"died": date(2026, 6, 14)})
POSSIBLE = "possible_missing_facts"


def brief(*rights: dict, version: int = 1, says: str | None = None, child: said.Child = CHILD, lang: Lang = Lang.NB):
    """The part of the page, of what rights lists."""
    answer = {"based_on": {"profile_version": version}, "says": says, "rights": rights}
    return rights_brief(child, said.Rights.model_validate(answer), lang)


def shown(found) -> list[str]:
    """The rights shown first, in order."""
    return [each.id for each in found.first]


def test_what_the_family_has_told_about_comes_before_what_age_alone_gives():
    by_age, told = right(1, POSSIBLE, missing=0), right(2, POSSIBLE, missing=4, told=1)
    assert shown(brief(by_age, told)) == ["right-2", "right-1"]


def test_the_nearest_to_an_answer_comes_first_and_else_the_services_order_is_kept():
    rights = [right(n, POSSIBLE, missing=missing, told=1) for n, missing in ((1, 3), (2, 1), (3, 3))]
    assert shown(brief(*rights)) == ["right-2", "right-1", "right-3"]


def test_a_likely_right_comes_before_every_possible_one():
    assert shown(brief(right(1, POSSIBLE, told=3), right(2, "likely"))) == ["right-2", "right-1"]


def test_other_verdicts_are_counted_and_not_shown():
    found = brief(right(1, "must_be_assessed"), right(2, "unlikely"))
    assert shown(found) == []
    assert found.counts.model_dump() == {"likely": 0, "possible_missing_facts": 0, "must_be_assessed": 1}


def test_ten_are_shown_and_all_are_counted():
    found = brief(*(right(n, "likely") for n in range(12)))
    assert (len(found.first), found.counts.likely) == (10, 12)


def test_each_says_its_verdict_and_why_in_a_sentence():
    found = brief(right(1, "likely", why=words("Svaret er ja.")), right(2, POSSIBLE)).first
    assert [(each.says, each.why.text if each.why else None) for each in found] == [
        ("Kanskje.", "Svaret er ja."),
        ("Kanskje.", None),
    ]


def test_of_a_whole_right_the_first_reason_for_it_is_why():
    reasons = [{"favours": False, "text": words("Mot.")}, {"favours": True, "text": words("For.")}]
    whole = right(1, "likely", reasons=reasons) | {"missing": [{}, {}]}
    assert [(each.why.text, each.missing) for each in brief(whole).first] == [("For.", 2)]


def test_while_nothing_is_told_nothing_is_listed_and_nothing_counted():
    found = brief(right(1, POSSIBLE), version=0)
    assert (found.first, found.counts) == ([], None)
    assert found.says.startswith("Fortell om situasjonen")


def test_after_a_death_rights_own_words_are_shown_with_what_a_death_touches_and_no_numbers():
    found = brief(right(1, POSSIBLE, why=words("Barnet er dødt.")), says="Lagt til side.", child=DEAD)
    assert (found.says, found.counts, shown(found)) == ("Lagt til side.", None, ["right-1"])
    assert found.first[0].why is None


def test_a_death_that_rights_has_not_heard_of_leaves_the_list_out():
    found = brief(right(1, "likely"), child=DEAD)
    assert (found.says, found.counts, found.first) == (
        "Rettigheter som gjelder et barn i livet, er lagt til side her.",
        None,
        [],
    )


def test_after_a_death_nobody_is_asked_to_tell_more():
    assert brief(version=0, child=DEAD, lang=Lang.EN).says == "Rights that are for a living child are left out here."
