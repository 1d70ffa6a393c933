"""Made-up situations: every fact of the vocabulary known by chance, with the density that chance gave the situation."""

import random

from services.rights.domain.fact import Type
from services.rights.domain.rate import rates_on
from services.rights.domain.situation import situation
from services.rights.store.rulebook import rulebook

DENSITIES = (0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1)
HIGHEST = {
    "percent": 100,
    "years": 30,
    "months": 300,
    "NOK/year": 60000,
    "km": 200,
    "G": 12,
    "hours/week": 60,
    "days": 400,
    "days/year": 400,
}
OF_A_DEATH = ("deceased", "stillborn", "age_at_death")


def random_value(fact, rng):
    """A value of the fact; a set as a list, as it comes in JSON."""
    match fact.type:
        case Type.BOOLEAN:
            return rng.random() < 0.5
        case Type.ENUM:
            return rng.choice(fact.values)
        case Type.SET:
            return rng.sample(fact.values, rng.randint(0, min(3, len(fact.values))))
        case _:
            return rng.randint(0, HIGHEST.get(fact.unit, 10))


def random_profile(rng: random.Random):
    """What is known of someone made up, ages as if they had been derived; no case and no death in most."""
    facts, density = rulebook().facts, rng.choice(DENSITIES)
    told = {
        name: random_value(fact, rng)
        for name, fact in facts.items()
        if fact.type is not Type.DATE and rng.random() < density
    }
    if rng.random() < 0.5:
        told = {name: value for name, value in told.items() if facts[name].subject != "case"}
    if rng.random() < 0.8:
        told = {name: value for name, value in told.items() if name not in OF_A_DEATH}
    if "age_at_death" in told or told.get("stillborn") is True:
        told["deceased"] = True
    return told


def situation_of(profile, day):
    """The profile as rules look at it."""
    known = {name: frozenset(value) if isinstance(value, list) else value for name, value in profile.items()}
    book = rulebook()
    return situation(known, day, rates=rates_on(book.histories.values(), day), vocabulary=book.vocabulary)
