"""Many people at once beside OpenFisca-Core, in one run: the fifty made-up rights of S50 (see rights_s50).

*Everyone at once*: 100,000 people whose facts are in arrays. OpenFisca knows every fact; of ours one in ten is missing, and each right gets one of five
verdicts instead of true or false. The clock runs from the arrays to the verdicts, ages and whatever each side makes of its input included.
*From JSON*: 10,000 people in the form in which each side takes them: OpenFisca one document of persons, ours a line for each. The clock runs from the
text to the verdicts. Before the clocks start, both have counted the same people for every right, nothing missing.
"""

import json
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from services.rights.bulk.columns import Column, packed, people_of, with_derived
from services.rights.bulk.verdicts import Crowd, Found
from services.rights.domain.derived import SchoolStart
from services.rights.domain.rate import rates_on
from services.rights.domain.rule import Rule
from services.rights.domain.verdict import Verdict
from services.rights.store.facts import FactFile
from tests.bench import s50
from tests.bench.harness import Limit, Row, Turns, in_turns
from tests.bench.rights_s50 import Peer, openfisca
from tests.bench.world import World

TODAY = date(2026, 11, 1)
MONTH = f"{TODAY:%Y-%m}"
EVERYONE, IN_JSON, MISSING = 100_000, 10_000, 0.1
ROUNDS, ROUNDS_OF_JSON = 15, 5
AS_ARRAYS, AS_JSON = Limit(floor=1, aim=2), Limit(floor=10, aim=30)
START = SchoolStart(turning=6, month=8, day=1)
FACTS = {
    name: FactFile.model_validate(
        {"subject": fact.subject, "type": fact.type, "group": fact.group, "from": fact.origin, "meaning": "made up"}
    )
    for name, fact in s50.VOCABULARY.items()
}
Arrays = Mapping[str, NDArray[Any]]


class Bench:
    """Our side: the fifty, and the people in each form."""

    def __init__(self, folder: Path) -> None:
        self.rules: Mapping[str, Rule] = s50.rules()
        self.rates = rates_on(s50.RATES, TODAY)
        self.arrays = _arrays(EVERYONE)
        rng = np.random.default_rng(10)
        self.told = {name: rng.random(EVERYONE) >= MISSING for name in self.arrays}
        self.all_told = {name: np.ones(EVERYONE, dtype=np.bool_) for name in self.arrays}
        self.in_arrays, self.in_json = folder / "people.npz", folder / "people.json"
        renamed: dict[str, Any] = {name.removesuffix("_date"): each for name, each in self.arrays.items()}
        np.savez(self.in_arrays, **renamed)
        people = [s50.someone(random.Random(number)) for number in range(IN_JSON)]
        self.in_json.write_text(json.dumps(_of_openfisca(people), default=date.isoformat), encoding="utf-8")
        self.lines = b"\n".join(orjson.dumps(person) for person in people)

    def judge_arrays(self, told: Arrays) -> Mapping[str, Found]:
        """Everyone, from the arrays."""
        columns = {name: Column(values, packed(told[name])) for name, values in self.arrays.items()}
        people = with_derived(columns, EVERYONE, FACTS, TODAY, START)
        return Crowd(people, self.rates).verdicts(self.rules)

    def judge_lines(self) -> Mapping[str, Found]:
        """Everyone, from their lines of JSON."""
        told = [orjson.loads(line) for line in self.lines.splitlines()]
        return Crowd(people_of(told, FACTS, TODAY, START), self.rates).verdicts(self.rules)


async def measure(world: World) -> list[Row]:
    """Everyone at once, and ten thousand from JSON."""
    with _folder() as folder:
        bench = Bench(folder)
        async with openfisca() as peer:
            await _agree(bench, peer)
            arrays = await in_turns(
                partial(_ours, EVERYONE, lambda: bench.judge_arrays(bench.told)),
                partial(_theirs, EVERYONE, peer, "bulk", bench.in_arrays),
                rounds=ROUNDS,
            )
            lines = await in_turns(
                partial(_ours, IN_JSON, bench.judge_lines),
                partial(_theirs, IN_JSON, peer, "file", bench.in_json),
                rounds=ROUNDS_OF_JSON,
            )
    return [_of_arrays(arrays), _of_json(lines)]


async def _agree(bench: Bench, peer: Peer) -> None:
    for work, path, found in (
        ("bulk", bench.in_arrays, bench.judge_arrays(bench.all_told)),
        ("file", bench.in_json, bench.judge_lines()),
    ):
        _, theirs = await peer.asks(work, str(path), [TODAY])  # type: ignore[arg-type]
        if theirs != [each.count(Verdict.LIKELY) for each in found.values()]:
            raise AssertionError("the two sides do not find the same rights: their times cannot be compared")


async def _ours(number: int, judge: Any) -> float:
    began = time.perf_counter()
    judge()
    return number / (time.perf_counter() - began)


async def _theirs(number: int, peer: Peer, work: str, path: Path) -> float:
    seconds, _ = await peer.asks(work, str(path), [TODAY])  # type: ignore[arg-type]
    return number / float(seconds)


def _of_arrays(turns: Turns) -> Row:
    figures = (
        (f"{EVERYONE:,} people, one fact in ten missing", f"{EVERYONE / turns.our_median * 1e3:.1f} ms"),
        ("OpenFisca with nothing missing", f"{EVERYONE / turns.peer_median * 1e3:.1f} ms"),
    )
    how = f"{ROUNDS} rounds."
    return Row(name="Rights, S50 for 100,000 people: times OpenFisca's rate", rounds=turns.ratios, limit=AS_ARRAYS, figures=figures, how=how)  # fmt: skip


def _of_json(turns: Turns) -> Row:
    figures = (
        (f"{IN_JSON:,} people from JSON", f"{IN_JSON / turns.our_median * 1e3:.0f} ms"),
        ("OpenFisca", f"{IN_JSON / turns.peer_median:.2f} s"),
    )
    how = f"{ROUNDS_OF_JSON} rounds."
    return Row(name="Rights, S50 for 10,000 people from JSON: times OpenFisca's rate", rounds=turns.ratios, limit=AS_JSON, figures=figures, how=how)  # fmt: skip


def _arrays(number: int) -> Arrays:
    """The people of `s50.someone`, as arrays."""
    rng = np.random.default_rng(50)
    days = np.datetime64("2004-01-01") + rng.integers(0, 20 * 365, number).astype("timedelta64[D]")
    return {
        "birth_date": days,
        "membership": rng.random(number) < 0.9,
        "diagnosis": rng.random(number) < 0.5,
        "in_institution": rng.random(number) < 0.2,
        "lives_at_home": rng.random(number) < 0.9,
        "function_level": rng.integers(0, 6, number, dtype=np.int32),
        "care_need": rng.integers(0, 5, number, dtype=np.int32),
        "work_capacity": rng.integers(0, 101, number, dtype=np.int32),
        "municipality": rng.integers(301, 5701, number, dtype=np.int32),
        "expenses": rng.integers(0, 20_000, number).astype(np.float32),
    }


def _of_openfisca(people: list[dict[str, Any]]) -> dict[str, Any]:
    """The people as OpenFisca's web API takes them, each in a family of one."""
    persons = {
        f"p{number}": {
            "birth": {"ETERNITY": person["birth_date"]},
            **{name: {MONTH: value} for name, value in person.items() if name != "birth_date"},
        }
        for number, person in enumerate(people)
    }
    return {
        "persons": persons,
        "families": {f"f{number}": {"members": [f"p{number}"]} for number in range(len(people))},
    }


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="somlos-bench-") as name:
        yield Path(name)
