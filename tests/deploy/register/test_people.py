"""The synthetic families themselves."""

from datetime import date
from pathlib import Path

import pytest
from stdnum.no import fodselsnummer

from deploy.local.issuer.clients import ORGANISATION_NUMBER, OrganisationsFile
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.register.answers import answers
from deploy.local.register.models import AddressProtection, Relation
from deploy.local.register.people import People, SyntheticPerson, read_people, safe_yaml
from shared.dates import age_on
from shared.domain import NationalId, OrganisationNumber

DAY = date(2026, 11, 24)
PEOPLE = read_people()
ANSWERS = answers(PEOPLE)
ORGANISATIONS = OrganisationsFile.model_validate(safe_yaml(IssuerSettings().organisations_file)).organisations


def age(family: str, name: str) -> int:
    return age_on(PEOPLE.person(family, name).born, DAY)


@pytest.mark.parametrize("person", [person for _, _, person in PEOPLE.everyone()], ids=lambda person: person.name)
def test_every_person_has_a_valid_synthetic_number_that_carries_the_birth_date(person: SyntheticPerson) -> None:
    number = NationalId(person.national_id)
    assert number.is_synthetic
    assert number.birth_date == person.born


def test_there_are_some_twenty_families_and_each_has_words_in_three_languages() -> None:
    assert 20 <= len(PEOPLE.families) <= 25
    assert all(family.about.nn and family.about.en for family in PEOPLE.families)


def test_the_story_has_a_mother_with_a_child_of_nine_in_a_municipality_of_the_cluster() -> None:
    child = ANSWERS[PEOPLE.person("solstraale", "blid").national_id]
    assert 8 <= age("solstraale", "blid") <= 10
    assert child.kommunenummer in {each.kommunenummer for each in ORGANISATIONS}
    assert [(each.relation, each.has_care, each.lives_with) for each in child.guardians] == [
        (Relation.MOTHER, True, True),
        (Relation.FATHER, True, True),
    ]


def test_shared_custody_is_two_homes_that_the_child_lives_in() -> None:
    child = ANSWERS[PEOPLE.person("kaffekopp", "spent").national_id]
    assert all(each.lives_with for each in child.guardians)
    assert len({ANSWERS[each.national_id].address_key for each in child.guardians}) == 2


def test_a_father_without_responsibility_or_care_is_no_guardian_but_knows_his_child() -> None:
    child = PEOPLE.person("bjorkeskog", "kvikk").national_id
    father = PEOPLE.person("bjorkeskog", "fjern").national_id
    assert father not in {each.national_id for each in ANSWERS[child].guardians}
    assert [(each.national_id, each.parental_responsibility, each.has_care) for each in ANSWERS[father].children] == [
        (child, False, False)
    ]


def test_foster_parents_have_care_and_the_mother_responsibility() -> None:
    guardians = ANSWERS[PEOPLE.person("honningkrukke", "modig").national_id].guardians
    assert [(each.relation, each.parental_responsibility, each.has_care, each.lives_with) for each in guardians] == [
        (Relation.FOSTER, False, True, True),
        (Relation.FOSTER, False, True, True),
        (Relation.MOTHER, True, False, False),
    ]


@pytest.mark.parametrize(
    ("family", "child", "near", "far", "protection"),
    [
        ("lanterne", "lys", "vaken", "urolig", AddressProtection.CONFIDENTIAL),
        ("pinnsvin", "klok", "taus", "bister", AddressProtection.STRICTLY_CONFIDENTIAL),
    ],
)
def test_a_protected_child_shares_its_address_with_one_guardian_only(
    family: str, child: str, near: str, far: str, protection: AddressProtection
) -> None:
    answer = ANSWERS[PEOPLE.person(family, child).national_id]
    assert answer.address_protection is protection
    assert answer.kommunenummer
    assert ANSWERS[PEOPLE.person(family, near).national_id].address_key == answer.address_key
    assert ANSWERS[PEOPLE.person(family, far).national_id].address_key != answer.address_key
    assert PEOPLE.person(family, far).national_id in {each.national_id for each in answer.guardians}


def test_the_ages_that_the_law_turns_on_are_there() -> None:
    assert (age("fjellrype", "egen"), age("trekkspill", "ivrig"), age("vindmolle", "fri")) == (16, 17, 18)
    assert age("regnboge", "undrende") == 11
    assert age_on(PEOPLE.person("regnboge", "undrende").born, date(2026, 12, 8)) == 12
    assert age("furukongle", "selvstendig") == 25


def test_someone_of_age_has_no_guardians() -> None:
    for family, name in (("vindmolle", "fri"), ("furukongle", "selvstendig")):
        assert ANSWERS[PEOPLE.person(family, name).national_id].guardians == []


def test_the_dead_the_stillborn_and_the_newborn_are_there() -> None:
    dead, stillborn, newborn = (
        ANSWERS[PEOPLE.person(*who).national_id]
        for who in (("hvitveis", "kjaer"), ("snoklokke", "liten"), ("dunkylling", "fersk"))
    )
    assert dead.date_of_death == date(2026, 6, 14)
    assert not dead.stillborn
    assert stillborn.stillborn
    assert stillborn.date_of_death == stillborn.birth_date
    assert (newborn.birth_date, newborn.date_of_death) == (date(2026, 11, 10), None)


def test_a_guardian_may_live_in_another_municipality_and_a_child_abroad() -> None:
    child, father = (ANSWERS[PEOPLE.person("fyrtarn", name).national_id] for name in ("nysgjerrig", "langveisfarende"))
    assert child.kommunenummer != father.kommunenummer
    abroad = ANSWERS[PEOPLE.person("trekkfugl", "flyktig").national_id]
    assert (abroad.lives_in_norway, abroad.kommunenummer) == (False, None)


def test_a_stranger_has_no_children() -> None:
    assert ANSWERS[PEOPLE.person("tekanne", "ukjent").national_id].children == []


def test_every_relation_is_told_from_both_ends() -> None:
    down = {
        (parent.national_id, each.national_id, each.relation) for parent in ANSWERS.values() for each in parent.children
    }
    up = {
        (each.national_id, child.national_id, each.relation) for child in ANSWERS.values() for each in child.guardians
    }
    assert up <= down


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("'14838836047'", "'14038836047'", "national identity number|synthetic"),
        ("'14838836047'", "'02898614150'", "date|twice"),
        ("born: 1988-03-14", "born: 1988-03-15", "date in the number"),
        ("adult: lun,", "adult: nobody,", "not in family solstraale: nobody"),
        (
            "born: 1988-03-14, home: solstraale",
            "born: 1988-03-14, home: elsewhere",
            "not in family solstraale: elsewhere",
        ),
        ("key: kaffekopp", "key: solstraale", "twice"),
        ("key: kaffekopp", "name: kaffekopp", "key"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, before: str, after: str, fault: str) -> None:
    text = (Path(IssuerSettings().people_file)).read_text()
    assert before in text
    bad = tmp_path / "people.yaml"
    bad.write_text(text.replace(before, after))
    with pytest.raises(ValueError, match=f"(?s)people\\.yaml.*({fault})"):
        read_people(bad)


def test_a_real_looking_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="synthetic"):
        People.model_validate({"families": [_family_of(_not_synthetic("010107501"))]})


def _not_synthetic(first_nine: str) -> str:
    """The control digits are added here, so that no number of a possible person stands in a file."""
    ten = first_nine + fodselsnummer.calc_check_digit1(first_nine)
    return ten + fodselsnummer.calc_check_digit2(ten)


def _family_of(number: str) -> dict[str, object]:
    person = {"national_id": number, "name": "X", "born": "2007-01-01", "home": "h"}
    return {
        "key": "k",
        "about": {"nb": "x"},
        "homes": {"h": {"kommunenummer": "3403"}},
        "persons": {"p": person},
        "relations": [],
    }


def test_every_organisation_has_a_valid_number_of_the_synthetic_series() -> None:
    assert all(OrganisationNumber(each.orgnr).value.startswith("3") for each in ORGANISATIONS)
    assert ORGANISATION_NUMBER == r"^3\d{8}$"
    assert (
        len({each.orgnr for each in ORGANISATIONS}) == len({each.key for each in ORGANISATIONS}) == len(ORGANISATIONS)
    )


def test_the_organisations_say_that_they_are_not_real() -> None:
    assert all("(syntetisk)" in each.name.nb and "(synthetic)" in (each.name.en or "") for each in ORGANISATIONS)


def test_the_organisations_that_the_cluster_needs_are_there() -> None:
    kinds = [each.kind for each in ORGANISATIONS if each.kafka]
    assert sorted(kinds) == [
        "county",
        "municipality",
        "municipality",
        "municipality",
        "nav",
        "nav_klageinstans",
        "statsforvalter",
    ]
    assert all((each.kommunenummer is not None) == (each.kind == "municipality") for each in ORGANISATIONS)
    assert all((each.county is not None) == (each.kind in ("county", "statsforvalter")) for each in ORGANISATIONS)
