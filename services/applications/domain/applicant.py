"""Who applies: a guardian for the child, or the youth itself; decided by the right's `who_may` and the age on the day."""

from enum import StrEnum

from services.applications.domain.errors import MayNotApply
from services.applications.domain.form import Form

YOUTH = "youth_from_"
GROUND_GUARDIAN, GROUND_SELF = "guardian", "self"


class Relation(StrEnum):
    """What the applicant is to the child the application is about."""

    GUARDIAN = "guardian"
    SELF = "self"


def relation_on(ground: str) -> Relation | None:
    """The relation that the access decision's ground stands for; None when it is no ground to apply on."""
    return {GROUND_GUARDIAN: Relation.GUARDIAN, GROUND_SELF: Relation.SELF}.get(ground)


def may_apply(who_may: tuple[str, ...], relation: Relation, age: int) -> bool:
    """Whether someone in that relation may apply for a child of that age (whole years on the day). Guardianship itself ends with the access decision."""
    if "anyone" in who_may:
        return True
    if relation is Relation.GUARDIAN:
        return "guardian" in who_may
    return any(who.startswith(YOUTH) and age >= int(who.removeprefix(YOUTH)) for who in who_may)


def require_may_apply(form: Form, ground: str, age: int | None) -> Relation:
    """The applicant's relation. Raises MayNotApply; an unknown age means no."""
    relation = relation_on(ground)
    if relation is None or age is None or not may_apply(form.who_may, relation, age):
        raise MayNotApply(form.right_id, form.who_may)
    return relation
