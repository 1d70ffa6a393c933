"""Why an outcome is what it is: the deciding part of the tree, as it came out."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from services.rights.domain.cause import Cause
from services.rights.domain.confidence import Confidence
from services.rights.domain.situation import Said, Situation
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Node, Not, RateRef, Value

_UNSAID = Said("")


class Outcome(StrEnum):
    """How a node came out."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of node it is."""

    ALL = "all"
    ANY = "any"
    N_OF = "n_of"
    NOT = "not"
    FACT = "fact"
    ASSESS = "assess"
    SIBLINGS = "siblings"


class Compared(NamedTuple):
    """One bound a fact was held against. Of a rate: which, the day its value is from, and how far it was verified (None: never)."""

    comparator: Comparator
    bound: Value | None
    rate: str | None = None
    rate_from: date | None = None
    verified_until: date | None = None


class Because(NamedTuple):
    """A node that decides, how it came out, and the parts of it that decide: one that fails for no, those that carry for yes, what is
    open for unknown. What was told and what the rates were is read from the situation."""

    of: Node
    truth: Outcome
    cause: Cause | None
    parts: tuple["Because", ...]
    situation: Situation

    @property
    def node(self) -> str:
        """The node's id within its right."""
        return self.of.id

    @property
    def kind(self) -> Kind:
        """What sort of node it is."""
        match self.of:
            case Branch(need=need, parts=parts):
                return Kind.ALL if need == len(parts) else Kind.ANY if need == 1 else Kind.N_OF
            case Not():
                return Kind.NOT
            case Atom():
                return Kind.FACT
            case Assess():
                return Kind.ASSESS
            case _:
                return Kind.SIBLINGS

    @property
    def rare(self) -> bool:
        """Whether few ever meet it."""
        return self.of.rare

    @property
    def law(self) -> str:
        """Its legal reference."""
        return self.of.law

    @property
    def note(self) -> str | None:
        """What the rule's author noted."""
        return self.of.note

    @property
    def confidence(self) -> Confidence | None:
        """How sure a leaf is."""
        return None if isinstance(self.of, Branch | Not) else self.of.confidence

    @property
    def fact(self) -> str | None:
        """The fact an atom looks at."""
        return self.of.fact if isinstance(self.of, Atom) else None

    @property
    def value(self) -> Value | None:
        """What is known of the fact."""
        return None if self.fact is None else self.situation.known.get(self.fact)

    @property
    def source(self) -> str | None:
        """Who said so."""
        return self._said.source or None

    @property
    def said_at(self) -> datetime | None:
        """When it was said."""
        return self._said.said_at

    @property
    def valid_from(self) -> date | None:
        """From which day it has been so."""
        return self._said.valid_from

    @property
    def comparisons(self) -> tuple[Compared, ...]:
        """What the fact was held against."""
        if not isinstance(self.of, Atom):
            return ()
        return tuple(self._compared(each.comparator, each.bound) for each in self.of.comparisons)

    @property
    def what(self) -> str | None:
        """What must be judged."""
        return self.of.what if isinstance(self.of, Assess) else None

    @property
    def by(self) -> str | None:
        """Who judges it."""
        return self.of.by if isinstance(self.of, Assess) else None

    @property
    def _said(self) -> Said:
        return _UNSAID if self.fact is None else self.situation.said.get(self.fact, _UNSAID)

    def _compared(self, comparator: Comparator, bound: Value | RateRef) -> Compared:
        if not isinstance(bound, RateRef):
            return Compared(comparator, bound)
        interval = self.situation.intervals.get(bound.id)
        if interval is None:
            return Compared(comparator, self.situation.rates.get(bound.id), bound.id)
        return Compared(comparator, interval.value, bound.id, interval.start, interval.verified_until)
