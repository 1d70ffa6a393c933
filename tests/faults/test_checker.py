"""The history checker finds nothing in a run that went well, and everything that is planted in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.faults.checker import CHECKS, check
from tests.faults.history import History, Kind
from tests.faults.seen import Seen
from tests.faults.small_run import APPLICATIONS, CASE, CHILD, PROFILES, whole_run

Plant = Callable[[History, Seen], None]


def test_a_run_that_went_well_has_no_faults_and_every_check_had_something_to_look_at() -> None:
    report = check(*whole_run())
    assert report.faults == []
    idle = {what for what, number in report.checked.items() if number == 0}
    assert idle == set(), "a check that looks at nothing finds nothing"
    assert set(report.checked) == set(CHECKS)


def place_of(seen: Seen, topic: str, version: int) -> int:
    return next(place for place, each in enumerate(seen.told) if (each.topic, each.version) == (topic, version))


def lose_a_row(history: History, seen: Seen) -> None:
    seen.rows["applications.application"].clear()


def lose_a_step(history: History, seen: Seen) -> None:
    outbox = seen.rows["applications.outbox"]
    outbox[:] = [row for row in outbox if row["type"] != "no.somlos.application.decided.v1"]


def lose_a_fact(history: History, seen: Seen) -> None:
    seen.said[CHILD].remove(1)


def lose_a_record(history: History, seen: Seen) -> None:
    del seen.told[place_of(seen, APPLICATIONS, 2)]


def skip_an_event(history: History, seen: Seen) -> None:
    seen.rows["status.inbox"].pop(1)


def lose_a_log_row(history: History, seen: Seen) -> None:
    seen.rows["mapping.access_view"].pop()


def read_without_a_log_row(history: History, seen: Seen) -> None:
    for table, column in (("status.access_log", "id"), ("mapping.access_view", "row_id")):
        seen.rows[table][:] = [row for row in seen.rows[table] if not row[column].startswith("status/citizen")]


def lose_a_deadline(history: History, seen: Seen) -> None:
    seen.rows["status.case_file"][0]["complain_by"] = None


def shift_a_deadline(history: History, seen: Seen) -> None:
    seen.rows["status.case_file"][0]["complain_by"] = date(2026, 12, 29)


def apply_twice(history: History, seen: Seen) -> None:
    seen.rows["applications.application"].append({"id": "another", "subject_id": CHILD, "status": "draft"})
    seen.rows["applications.idempotency_key"].append({"key": "draft", "resource_id": CASE})


def submit_twice(history: History, seen: Seen) -> None:
    outbox = seen.rows["applications.outbox"]
    outbox.append({**outbox[0], "event_id": "again", "version": 4})


def decide_twice(history: History, seen: Seen) -> None:
    seen.rows["applications.decision"] *= 2


def complain_twice(history: History, seen: Seen) -> None:
    seen.rows["status.complaint"] *= 2


def tell_twice(history: History, seen: Seen) -> None:
    seen.said[CHILD].append(2)


def double_a_step_of_the_timeline(history: History, seen: Seen) -> None:
    seen.rows["status.case_timeline"].append({"case_id": CASE, "version": 3, "status": "decided"})


def tell_a_partner_twice(history: History, seen: Seen) -> None:
    told = next(each for each in seen.told if each.topic.startswith("partner."))
    seen.told.append(replace(told, event_id="again", version=4))


def swap_facts(history: History, seen: Seen) -> None:
    seen.said[CHILD].reverse()


def swap_records(history: History, seen: Seen) -> None:
    one, other = place_of(seen, PROFILES, 2), place_of(seen, PROFILES, 3)
    seen.told[one], seen.told[other] = seen.told[other], seen.told[one]


def swap_steps_of_the_timeline(history: History, seen: Seen) -> None:
    first, second, _ = seen.rows["status.case_timeline"]
    first["status"], second["status"] = second["status"], first["status"]


def step_back(history: History, seen: Seen) -> None:
    told = seen.told[place_of(seen, PROFILES, 3)]
    seen.told.append(replace(told, event_id="late", version=2))


def step_back_in_the_table(history: History, seen: Seen) -> None:
    seen.rows["applications.application"][0]["status"] = "received"


def judge_by_an_old_profile(history: History, seen: Seen) -> None:
    seen.rows["rights.assessment"][0]["profile_version"] = 2


def give_one_version_twice(history: History, seen: Seen) -> None:
    for deed in history.of(Kind.TELL):
        deed.version = 2


def leave_unsent(history: History, seen: Seen) -> None:
    seen.rows["status.outbox"][0]["sent_at"] = None


def leave_parked(history: History, seen: Seen) -> None:
    seen.rows["status.parked_event"].append({"cause": "poison", "reason": "unknown"})


def stand_behind(history: History, seen: Seen) -> None:
    seen.rows["status.inbox_sequence"][0]["sequence"] = "0001.000000000002"


def say_two_things(history: History, seen: Seen) -> None:
    seen.told.append(replace(seen.told[place_of(seen, APPLICATIONS, 2)], data={"status": "withdrawn"}))


def crash(history: History, seen: Seen) -> None:
    history.deeds[0].statuses.insert(0, 500)


def refuse_a_retry(history: History, seen: Seen) -> None:
    history.deeds[3].statuses[-1] = 412


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lose_a_row, "is lost: no row case"),
        (lose_a_step, "is lost: no no.somlos.application.decided.v1"),
        (lose_a_fact, "what was told (1) stands 0 times"),
        (lose_a_record, "is lost: committed, marked as sent, not on the topic"),
        (skip_an_event, "status never took in"),
        (lose_a_log_row, "is only in the service"),
        (read_without_a_log_row, "1 requests were answered, 0 are in the log"),
        (lose_a_deadline, "shown None"),
        (shift_a_deadline, "shown 2026-12-29"),
        (apply_twice, "application another was made by 0 requests"),
        (apply_twice, "application case was made by 2 requests"),
        (submit_twice, "had its effect 2 times"),
        (decide_twice, "has 2 decisions"),
        (complain_twice, "has 2 complaints"),
        (tell_twice, "what was told (2) stands 2 times"),
        (double_a_step_of_the_timeline, "the timeline is"),
        (tell_a_partner_twice, "the partner was told"),
        (swap_facts, "another order than the answers"),
        (swap_records, "a gap, version 3 after 1"),
        (swap_records, "a step back, version 2 after 3"),
        (swap_steps_of_the_timeline, "the timeline is [(1, 'received'), (2, 'submitted')"),
        (step_back, "a step back, version 2 after 3"),
        (step_back_in_the_table, "is received in the table, and was acknowledged as decided"),
        (judge_by_an_old_profile, "rights rest on [2], the profile is at 3"),
        (give_one_version_twice, "version 2 was given 2 times"),
        (leave_unsent, "is still unsent"),
        (leave_parked, "status has 1 events set aside"),
        (stand_behind, "status stands at 0001.000000000002"),
        (say_two_things, "says two things"),
        (crash, "was answered 500"),
        (refuse_a_retry, "ended in [None, 412]"),
    ],
)
def test_what_is_planted_is_found(plant: Plant, found: str) -> None:
    history, seen = whole_run()
    plant(history, seen)
    faults = check(history, seen).faults
    assert any(found in fault for fault in faults), faults
