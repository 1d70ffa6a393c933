"""How sure a rule is, and how sure an answer that rests on it can be."""

from enum import IntEnum


class Confidence(IntEnum):
    """From the least to the most certain: from memory, from a doubtful source, checked against a source."""

    MEMORY = 0
    UNCERTAIN = 1
    SOURCED = 2

    @classmethod
    def named(cls, name: str) -> "Confidence":
        """The confidence that the data calls `name`. Raises KeyError."""
        return cls[name.upper()]

    @property
    def label(self) -> str:
        """Its name in data and answers."""
        return self.name.lower()
