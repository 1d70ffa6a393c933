"""Children, ties and grants for the domain's tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from services.mapping.domain.access import Child, Tie
from services.mapping.domain.grant import Grant
from services.mapping.domain.law import Action
from services.mapping.store.access_law import access_law

LAW = access_law()
AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
MOTHER, FATHER, CHILD, STRANGER = (UUID(int=n) for n in (1, 2, 3, 4))
ORG = "312482754"
AGES = {"under-8": 5, "from-8": 9, "from-12": 13, "from-16": 16, "adult": 19}


def born(age: int) -> date:
    """Someone who turned this age today."""
    return TODAY.replace(year=TODAY.year - age)


def child(age: int = 9, **more: object) -> Child:
    """A child with a mother at home and a father elsewhere, seen by the register just now."""
    values = {
        "id": CHILD,
        "born": born(age),
        "died": None,
        "home": "home",
        "protected": False,
        "as_of": AT,
        "ties": (tie(MOTHER), tie(FATHER, home="elsewhere")),
        "grants": (),
    }
    return Child(**values | more)


def tie(adult: UUID, *, acts: bool = True, home: str = "home", protected: bool = False) -> Tie:
    """An adult's relation."""
    return Tie(adult=adult, acts=acts, home=home, protected=protected)


def grant(**more: object) -> Grant:
    """A grant to an organisation by the mother, for half a year."""
    values = {
        "id": uuid4(),
        "child": CHILD,
        "giver": MOTHER,
        "organisation": ORG,
        "guardian": None,
        "purpose": "follow-up",
        "groups": frozenset({"health", "care"}),
        "actions": frozenset({Action.PROFILE_READ}),
        "valid_from": TODAY,
        "valid_to": TODAY + timedelta(days=180),
        "given_at": AT,
    }
    return Grant(**values | more)
