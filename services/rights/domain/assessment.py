"""What was judged for a child, or for one guardian of the child, and whether an answer changed since last time."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.rights.domain.fact import Vocabulary
from services.rights.domain.profile import Statements
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.verdict import Verdict, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The facts that were judged, of the child (`applicant_id` None) or of one guardian. `version` counts the times an answer changed."""

    id: UUID
    child_id: UUID
    applicant_id: UUID | None
    version: int
    profile_version: int
    as_of: datetime
    statements: Statements
    digest: str

    @property
    def owner_id(self) -> UUID:
        """Whose facts these are."""
        return self.applicant_id or self.child_id

    def renewed_by(self, newer: "Assessment") -> "Assessment":
        """The same assessment with what was judged now; its own version moves only when an answer changed."""
        return replace(newer, id=self.id, version=self.version + (newer.digest != self.digest))


def verdicts(rules: Iterable[Rule], situation: Situation, vocabulary: Vocabulary) -> dict[str, Verdict]:
    """The verdict on each rule."""
    return {rule.id: judge(rule, situation, vocabulary).verdict for rule in rules}


def digest_of(found: Mapping[str, Verdict]) -> str:
    """The same for the same verdicts, else different."""
    return hashlib.sha256(
        "\n".join(f"{right}={verdict}" for right, verdict in sorted(found.items())).encode()
    ).hexdigest()
