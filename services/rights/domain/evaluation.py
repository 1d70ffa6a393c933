"""One evaluation that can be done again: what it was of, by which rules, and the very bytes that came out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.rights.domain.because import Because
from services.rights.domain.verdict import Judgement

ENGINE = "1"
"""Counts the times the engine came to answer otherwise by the same rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The rights of a child, or those that rest on one guardian (`applicant_id`), as they were answered once.

    Three dates: `law_on` is the day whose law was used, `known_at` when it was done with what was known then, and each fact says from which day
    it holds. What was known is kept beside it, sealed.
    """

    id: UUID
    child_id: UUID
    applicant_id: UUID | None
    profile_version: int
    as_of: datetime
    law_on: date
    known_at: datetime
    pack: str
    engine: str
    sha256: bytes

    @property
    def owner_id(self) -> UUID:
        """Whom it is for."""
        return self.applicant_id or self.child_id

    def is_reproduced_by(self, answered: bytes) -> bool:
        """Whether these are the bytes that came out then."""
        return hashlib.sha256(answered).digest() == self.sha256


def canonical(found: Mapping[str, Judgement]) -> bytes:
    """The answers as bytes: the same answers give the same bytes."""
    rights = [_answered(right, found[right]) for right in sorted(found)]
    return json.dumps(rights, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _answered(right: str, judgement: Judgement) -> dict[str, object]:
    return {
        "right": right,
        "verdict": judgement.verdict.value,
        "missing": sorted(judgement.missing),
        "from_register": sorted(judgement.from_register),
        "only_rare": judgement.only_rare,
        "confidence": judgement.confidence.label if judgement.confidence is not None else None,
        "stale": sorted(judgement.stale),
        "decided_by": list(_leaves(judgement.because)) if judgement.walk else [],
    }


def _leaves(because: Because) -> Iterator[str]:
    if not because.parts:
        yield f"{because.node}={because.truth.value}"
    for part in because.parts:
        yield from _leaves(part)
