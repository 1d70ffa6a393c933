"""The file of facts that will not last: what cannot be meant stops the start, with file and place."""

import pytest

from services.rights.store.files import DataFault
from services.rights.store.lasting import read_lasting
from services.rights.store.rulebook import rulebook

REASON = "reason: {nb: a, nn: a, en: a}"


@pytest.mark.parametrize(
    ("limit", "where", "why"),
    [
        ("{facts: [no_such_fact], ends: school_year, %s}", "lasting.0.facts", "unknown fact"),
        ("{facts: [birth_date], ends: school_year, %s}", "lasting.0.facts", "a register"),
        ("{facts: [child_age], ends: school_year, %s}", "lasting.0.facts", "follows from"),
        ("{facts: [in_school], ends: months, %s}", "lasting.0.number", "needs"),
        ("{facts: [in_school], ends: school_year, number: 2, %s}", "lasting.0.number", "takes no"),
        ("{facts: [school_level], ends: school_year, values: [grade_11], %s}", "lasting.0.facts", "no values"),
        ("{facts: [in_school], ends: at_midnight, %s}", "lasting.0.ends", "Input should be"),
        ("{facts: [in_school], ends: school_year}", "lasting.0.reason", "Field required"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, limit, where, why):
    file = tmp_path / "lasting.yaml"
    horizon = "{age: 26, years: 12, most_years: 30, ahead_days: 90, sleep_days: 366}"
    text = limit % REASON if "%s" in limit else limit
    file.write_text(f"horizon: {horizon}\nlasting:\n  - {text}\n", encoding="utf-8")
    with pytest.raises(DataFault) as fault:
        read_lasting(file, facts=rulebook().facts)
    assert fault.value.path == where
    assert why in fault.value.reason
