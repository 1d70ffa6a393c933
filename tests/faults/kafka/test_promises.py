"""What the rounds hold a run against finds what is lost, doubled and swapped."""

from uuid import uuid4

from tests.faults.kafka.promises import broken, came_again

KEY, OTHER = uuid4(), uuid4()
STORED = [(KEY, 1, uuid4()), (OTHER, 1, uuid4()), (KEY, 2, uuid4()), (KEY, 3, uuid4())]
ACKNOWLEDGED, EFFECTS = {KEY: 3, OTHER: 1}, {KEY: [1, 2, 3], OTHER: [1]}


def test_a_run_without_faults_breaks_no_promise():
    assert broken(ACKNOWLEDGED, STORED, STORED, EFFECTS) == []


def test_a_record_that_came_again_breaks_none_and_is_counted():
    again = [*STORED[:3], STORED[0], *STORED[2:]]
    assert broken(ACKNOWLEDGED, STORED, again, EFFECTS) == []
    assert came_again(again) == 2


def test_a_row_that_is_lost_is_found():
    assert broken(ACKNOWLEDGED, STORED[:-1], STORED[:-1], EFFECTS)


def test_a_record_that_is_lost_is_found():
    assert broken(ACKNOWLEDGED, STORED, [STORED[0], *STORED[2:]], EFFECTS)


def test_records_in_the_wrong_order_are_found():
    assert broken(ACKNOWLEDGED, STORED, [STORED[2], STORED[0], STORED[1], STORED[3]], EFFECTS)


def test_a_record_with_a_new_id_is_found():
    assert broken(ACKNOWLEDGED, STORED, [*STORED, (KEY, 3, uuid4())], EFFECTS)


def test_an_effect_that_is_lost_doubled_or_swapped_is_found():
    for wrong in ([1, 2], [1, 2, 2, 3], [2, 1, 3], []):
        assert broken(ACKNOWLEDGED, STORED, STORED, {**EFFECTS, KEY: wrong})


def test_a_row_that_nobody_was_told_of_is_found():
    assert broken({KEY: 3}, STORED, STORED, EFFECTS)
