"""How a measurement judges: each round against its own peer, the middle round, and the limit from the right side."""

import pytest

from tests.bench.harness import Better, Limit, Row, Turns, Verdict, failed, in_turns, percentile

SHARE, MULTIPLE = Limit(floor=0.5, aim=0.7), Limit(floor=3, aim=2, better=Better.LOWER)


def row(*rounds, limit=SHARE):
    return Row(name="a", rounds=rounds, limit=limit, figures=(), how="")


def test_each_round_is_set_against_its_own_peer():
    slow_second_round = Turns(ours=(80.0, 40.0, 90.0), peers=(100.0, 50.0, 100.0))
    assert slow_second_round.ratios == (0.8, 0.8, 0.9)


def test_the_ratio_is_the_middle_round():
    assert row(0.1, 0.6, 0.9).ratio == 0.6


@pytest.mark.parametrize(
    ("limit", "ratio", "verdict"),
    [
        (SHARE, 0.71, Verdict.AIM),
        (SHARE, 0.70, Verdict.AIM),
        (SHARE, 0.69, Verdict.FLOOR),
        (SHARE, 0.50, Verdict.FLOOR),
        (SHARE, 0.49, Verdict.UNDER),
        (MULTIPLE, 2.00, Verdict.AIM),
        (MULTIPLE, 2.01, Verdict.FLOOR),
        (MULTIPLE, 3.00, Verdict.FLOOR),
        (MULTIPLE, 3.01, Verdict.UNDER),
    ],
)
def test_a_share_must_be_high_and_a_multiple_low(limit, ratio, verdict):
    assert row(ratio, limit=limit).verdict is verdict


def test_only_what_is_under_its_floor_has_failed():
    good, bad = row(0.5), row(2.0, 9.0, 9.0, limit=MULTIPLE)
    assert failed([good, bad]) == [bad]


async def test_the_first_round_is_thrown_away_and_who_begins_changes():
    called = []

    async def ours():
        called.append("ours")
        return float(len(called))

    async def peers():
        called.append("peers")
        return 2.0

    turns = await in_turns(ours, peers, rounds=2)
    assert called == ["ours", "peers", "ours", "peers", "peers", "ours"]
    assert turns.ours == (3.0, 6.0)


def test_a_percentile_is_a_value_that_was_measured():
    values = [float(each) for each in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([7.0], 0.99)) == (50.0, 99.0, 7.0)
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
