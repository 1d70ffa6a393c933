"""Who may apply: the right's `who_may` and the age on the day."""

import pytest

from services.applications.domain.applicant import Relation, may_apply, require_may_apply
from services.applications.domain.errors import MayNotApply
from tests.services.applications.builders import form

ADULT_ONLY, FROM_16 = ("guardian", "youth_from_18"), ("guardian", "youth_from_16", "service")


@pytest.mark.parametrize(
    ("who_may", "relation", "age", "expected"),
    [
        (ADULT_ONLY, Relation.GUARDIAN, 9, True),
        (ADULT_ONLY, Relation.GUARDIAN, 17, True),
        (ADULT_ONLY, Relation.SELF, 17, False),
        (ADULT_ONLY, Relation.SELF, 18, True),
        (FROM_16, Relation.SELF, 15, False),
        (FROM_16, Relation.SELF, 16, True),
        (FROM_16, Relation.GUARDIAN, 16, True),
        (("guardian",), Relation.SELF, 30, False),
        (("youth_from_16",), Relation.GUARDIAN, 10, False),
        (("anyone",), Relation.SELF, 12, True),
        (("service",), Relation.GUARDIAN, 5, False),
    ],
)
def test_the_rights_own_rule_decides(who_may, relation, age, expected):
    assert may_apply(who_may, relation, age) is expected


@pytest.mark.parametrize("ground", ["grant", "party", "system:prefill-application", ""])
def test_other_grounds_are_no_ground_to_apply_on(ground):
    with pytest.raises(MayNotApply):
        require_may_apply(form(), ground, 9)


def test_an_unknown_age_means_no():
    with pytest.raises(MayNotApply):
        require_may_apply(form(), "guardian", None)
