"""Memory that stays."""

import gc


def settle() -> None:
    """What the start has made is there for good. The collector would walk through it again and again, a tenth of a second each time while
    every request waits; so it is told to leave it alone."""
    gc.collect()
    gc.freeze()
