"""Which refusal of ours is which HTTP status."""

from collections.abc import Mapping

from services.catalog.domain.errors import UnknownService
from shared.domain import DomainError
from shared.problems import NOT_FOUND, Problem

PROBLEMS: Mapping[type[DomainError], Problem] = {UnknownService: NOT_FOUND}
