"""Why something is unknown."""

from enum import StrEnum


class Cause(StrEnum):
    """What would have to be there for an outcome to be settled."""

    NOT_ASKED = "not_asked"  # nobody has told, and no register has answered
    NOT_KNOWN = "asked_and_not_known"  # asked, and answered "I don't know"
    CONFLICT = "conflict"  # those who were asked disagree
    DISCRETION = "discretion"  # no fact decides it: someone must judge
    NOT_MODELLED = "not_modelled"  # the rule compares with a figure we have never had
    STALE = "source_stale"  # there was an answer, but it does not reach to this day
