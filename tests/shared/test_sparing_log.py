"""A library that repeats itself does not fill the disk."""

import logging as stdlib

from shared import logging


def test_what_the_broker_library_repeats_is_written_once_in_a_while(capsys):
    logging.start("toy")
    for node in range(50):
        stdlib.getLogger("aiokafka.client").error("Unable connect to node with id %s", node)
    stdlib.getLogger("aiokafka.client").error("Another thing")
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_what_others_repeat_is_written_each_time(capsys):
    logging.start("toy")
    for _ in range(3):
        stdlib.getLogger("another.library").error("A fault")
    assert len(capsys.readouterr().err.splitlines()) == 3
