"""OpenFisca's side of the S50 catalogue, in a process and a virtual environment of its own: it imports nothing of ours.

A line of JSON in, a line out. `{"work": "one" | "twelve" | "answers", "people": [...], "days": [...]}`: the processor seconds that `one` (every right on the
first day, by the handler of its web API) or `twelve` (every right on each day) took for all the people; `answers` are the rights on each day.
`bulk` and `file` take everyone at once, from the arrays or from the JSON of a file (`people`), and answer the seconds and how many have each right.
"""

import json
import sys
import time
from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_web_api import handlers

RIGHTS = 50
NAMES = [f"r{number:02d}" for number in range(RIGHTS)]
TYPES = {
    "membership": bool,
    "diagnosis": bool,
    "in_institution": bool,
    "lives_at_home": bool,
    "function_level": int,
    "care_need": int,
    "work_capacity": int,
    "municipality": int,
    "expenses": float,
}
Person = build_entity("person", "persons", "a person", is_person=True)
Family = build_entity(
    "family", "families", "a family", roles=[{"key": "member", "plural": "members", "label": "member"}]
)


def age_in(person, period, parameters):
    """Whole years on the first of the month."""
    birth = person("birth", period)
    months = birth.astype("datetime64[M]")
    first = np.datetime64(f"{period.start.year}-{period.start.month:02d}", "M")
    is_first = (birth - months).astype(int) == 0
    return ((first - months).astype(int) - np.where(is_first, 0, 1)) // 12


def right(number):
    """The formula of one right."""
    low = number * 3 % 20
    high = low + 10 + number % 5 * 12

    def formula(person, period, parameters):
        age = person("age", period)
        holds = (age >= low) & (age < high) & person("membership", period)
        holds &= person("diagnosis", period) | (person("function_level", period) >= 1 + number % 5)
        limit = parameters(period).threshold[f"t{number:02d}"]
        holds &= (
            (person("expenses", period) >= limit)
            | (person("care_need", period) > number % 4)
            | (person("work_capacity", period) <= 30 + number % 9 * 5)
        )
        return holds & ~person("in_institution", period) if number % 3 == 0 else holds

    return formula


def variable(name, **what):
    """A variable of a person."""
    return type(name, (Variable,), {"entity": Person, "definition_period": MONTH, **what})


def system():
    """The catalogue as OpenFisca has it."""
    made = TaxBenefitSystem([Person, Family])
    thresholds = {
        f"t{number:02d}": {
            "values": {"2020-01-01": {"value": 8000 + 100 * number}, "2026-01-01": {"value": 9000 + 100 * number}}
        }
        for number in range(RIGHTS)
    }
    made.parameters = ParameterNode("", data={"threshold": thresholds})
    made.add_variable(variable("birth", value_type=date, definition_period=ETERNITY, default_value=date(1970, 1, 1)))
    made.add_variable(variable("age", value_type=int, formula=age_in))
    for name, kind in TYPES.items():
        made.add_variable(variable(name, value_type=kind))
    for number, name in enumerate(NAMES):
        made.add_variable(variable(name, value_type=bool, formula=right(number)))
    return made


def situation(person, month, *, asks):
    """One person's facts in a month; `asks`: with every right to be worked out."""
    facts = {name: {month: person[name]} for name in TYPES}
    if asks:
        facts |= {name: {month: None} for name in NAMES}
    return {
        "persons": {"child": {"birth": {"ETERNITY": person["birth_date"]}, **facts}},
        "families": {"home": {"members": ["child"]}},
    }


def worked_out(made, described, month):
    """Every right of one person in a month."""
    simulation = SimulationBuilder().build_from_entities(made, described)
    return [bool(simulation.calculate(name, month)[0]) for name in NAMES]


def one(made, people, months):
    """Seconds for every right of each person, by the handler behind the web API."""
    described = [situation(person, months[0], asks=True) for person in people]
    began = time.process_time()
    for each in described:
        handlers.calculate(made, each)
    return time.process_time() - began


def twelve(made, people, months):
    """Seconds for every right of each person in each month."""
    described = [(situation(person, month, asks=False), month) for person in people for month in months]
    began = time.process_time()
    for each, month in described:
        worked_out(made, each, month)
    return time.process_time() - began


def answers(made, people, months):
    """The rights themselves, person by person and month by month."""
    return [[worked_out(made, situation(person, month, asks=False), month) for month in months] for person in people]


def bulk(made, arrays, months):
    """Seconds for every right of everyone in a file of arrays, and how many have each. The arrays are read before the clock starts."""
    with np.load(arrays) as stored:
        columns = dict(stored)
    began = time.process_time()
    simulation = SimulationBuilder().build_default_simulation(made, len(columns["birth"]))
    simulation.set_input("birth", "ETERNITY", columns.pop("birth"))
    for name, values in columns.items():
        simulation.set_input(name, months[0], values)
    found = [simulation.calculate(name, months[0]) for name in NAMES]
    return time.process_time() - began, [int(each.sum()) for each in found]


def file(made, path, months):
    """Seconds for every right of everyone in a file of JSON, from its text on, and how many have each."""
    with open(path, encoding="utf-8") as stored:
        text = stored.read()
    began = time.process_time()
    simulation = SimulationBuilder().build_from_entities(made, json.loads(text))
    found = [simulation.calculate(name, months[0]) for name in NAMES]
    return time.process_time() - began, [int(each.sum()) for each in found]


def main():
    """Answers until nobody asks."""
    made = system()
    for line in sys.stdin:
        asked = json.loads(line)
        months = [day[:7] for day in asked["days"]]
        found = WORKS[asked["work"]](made, asked["people"], months)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


WORKS = {"one": one, "twelve": twelve, "answers": answers, "bulk": bulk, "file": file}

if __name__ == "__main__":
    main()
