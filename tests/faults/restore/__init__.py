"""Set back to a moment, or carried on by a standby: the same answers, nothing told twice under a new id, nobody brought back."""
