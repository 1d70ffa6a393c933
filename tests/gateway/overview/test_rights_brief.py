"""The rights on the start page: what the family has told about first, and no numbers where they say nothing."""

from datetime import date

from gateway.overview import said
from gateway.overview.rights_brief import rights_brief
from shared.texts import Lang
from tests.gateway.overview.family import right, words

CHILD = said.Child(id="child", name="Blid", age=9, died=None, ground="guardian", profile_version=1)
DEAD = CHILD.model_copy(update={"died": date(2026, 6, 14)})
POSSIBLE = "possible_missing_facts"


def brief(*rights: dict, told: bool = True, says: str | None = None, child: said.Child = CHILD, lang: Lang = Lang.NB):
    """The part of the page, of what rights lists."""
    answer = {"based_on": {"profile_version": 1, "told": told}, "says": says, "rights": rights}
    return rights_brief(child, said.Rights.model_validate(answer), lang)


def shown(found) -> list[str]:
    """The rights shown first, in order."""
    return [each.id for each in found.first]


def test_what_the_family_has_told_about_comes_before_what_age_alone_gives():
    by_age, told = right(1, POSSIBLE, missing=0), right(2, POSSIBLE, missing=4, told=1)
    assert shown(brief(by_age, told)) == ["right-2", "right-1"]


def test_else_the_services_order_is_kept():
    rights = [right(n, POSSIBLE, missing=missing, told=1) for n, missing in ((2, 3), (1, 1), (3, 2))]
    assert shown(brief(*rights)) == ["right-2", "right-1", "right-3"]


def test_what_was_told_about_comes_before_what_age_makes_likely_and_of_it_the_likely_first():
    rights = [right(1, "likely"), right(2, POSSIBLE, told=3), right(3, "likely", told=1)]
    assert shown(brief(*rights)) == ["right-3", "right-2", "right-1"]


def test_what_would_be_sad_to_meet_is_counted_and_not_put_forward():
    found = brief(right(1, POSSIBLE, told=1, discreet=True), right(2, POSSIBLE, told=1))
    assert (shown(found), found.counts.possible_missing_facts) == (["right-2"], 2)


def test_what_only_something_rare_could_open_comes_last():
    rights = [right(1, POSSIBLE, told=2, only_rare=True), right(2, POSSIBLE), right(3, "likely")]
    assert shown(brief(*rights)) == ["right-3", "right-2", "right-1"]


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


def test_each_says_how_many_answers_are_missing():
    assert [each.missing for each in brief(right(1, POSSIBLE, missing=2)).first] == [2]


def test_while_nothing_is_told_nothing_is_listed_and_nothing_counted():
    found = brief(right(1, "likely"), right(2, POSSIBLE), told=False)
    assert (found.first, found.counts, found.profile_version) == ([], None, 1)
    assert found.says == "Fortell om situasjonen, så ser vi hvilke rettigheter som kan passe."


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
    assert brief(told=False, child=DEAD, lang=Lang.EN).says == "Rights that are for a living child are left out here."
