"""Which refusal of ours is which HTTP status."""

from collections.abc import Mapping

from services.status.domain import errors
from shared.domain import DomainError
from shared.problems import Problem
from shared.texts import Text

PROBLEMS: Mapping[type[DomainError], Problem] = {
    errors.ShorterThanTheLaw: Problem(
        "shorter-than-the-law",
        422,
        Text(
            nb="Fristen er kortere enn loven",
            nn="Fristen er kortare enn lova",
            en="The time limit is shorter than the law's",
        ),
        Text(
            nb="Fristen {stated} er før {lawful}, som følger av {law}. En lengre frist er lov.",
            nn="Fristen {stated} er før {lawful}, som følgjer av {law}. Ein lengre frist er lov.",
            en="The time limit {stated} is before {lawful}, which follows from {law}. A longer one is allowed.",
        ),
    ),
}
