"""Which refusal of ours is which HTTP status."""

from collections.abc import Mapping

from services.rights.domain.errors import UnknownRight
from shared.domain import DomainError
from shared.problems import NOT_FOUND, Problem

PROBLEMS: Mapping[type[DomainError], Problem] = {UnknownRight: NOT_FOUND}
