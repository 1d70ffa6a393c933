"""The relay's producer is taken from it: another one takes over."""

from tests.faults.kafka.load import say
from tests.faults.kafka.refusals import fenced, refused


async def test_a_producer_that_is_fenced_off_is_replaced(toy, lone):
    say(await refused(toy, lone, fenced))
