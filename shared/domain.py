"""Refusals and identifiers that every service's domain rests on."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer as fnr
from stdnum.no import orgnr

from shared.texts import Text

_SYNTHETIC = 80  # what a synthetic number adds to its month


class DomainError(Exception):
    """A refusal that carries its facts as attributes; `api/problems.py` decides what it is in HTTP."""


class NotFound(DomainError):
    """It is not there, or it is not yours: one and the same answer."""


class Forbidden(DomainError):
    """The caller's kind or scope may never do this, whoever it is about."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One fault of the input: which field, a stable code, what is expected (English, for developers) and words for people in their language.
    `got`: what came instead, where that can be said without repeating what somebody wrote."""

    field: str
    code: str
    expected: str
    detail: Text | None = None
    got: str | None = None


class InvalidInput(DomainError):
    """The input is well formed but not valid; `faults` names every field at fault."""

    def __init__(self, *faults: FieldFault) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class StaleVersion(DomainError):
    """Someone changed it since the caller read it."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__("stale version")
        self.expected, self.actual = expected, actual


class Unavailable(DomainError):
    """A system we depend on is away for now; nothing was changed."""

    def __init__(self, system: str, retry_after_seconds: int = 5) -> None:
        super().__init__(system)
        self.system, self.retry_after_seconds = system, retry_after_seconds


class OutcomeUnknown(Unavailable):
    """It broke off where it may or may not have been done; asking again with the same Idempotency-Key is harmless."""


class Refused(DomainError):
    """Another system would not take what we sent: our fault, not the caller's, so it is no known problem."""

    def __init__(self, system: str, status: int) -> None:
        super().__init__(system)
        self.system, self.status = system, status


class Erased(DomainError):
    """The person's data key is destroyed: what was sealed with it can never be read again."""


@dataclass(frozen=True, slots=True, repr=False)
class NationalId:
    """Fødselsnummer or D-nummer, synthetic ones (month + 80) too. Raises ValueError when it cannot be one. Its repr is masked."""

    value: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{11}", self.value):
            raise ValueError("a national identity number has 11 digits")
        digits = self.value
        if (digits[9], digits[10]) != (fnr.calc_check_digit1(digits), fnr.calc_check_digit2(digits)):
            raise ValueError("the control digits of the national identity number are wrong")
        _birth_date(digits)

    @property
    def is_synthetic(self) -> bool:
        """Whether this is a test person: the month carries 80."""
        return int(self.value[2:4]) > _SYNTHETIC

    @property
    def birth_date(self) -> date:
        """The date that the number carries."""
        return _birth_date(self.value)

    def __repr__(self) -> str:
        return "NationalId(***)"

    __str__ = __repr__


def _birth_date(digits: str) -> date:
    """stdnum's date check; it does not know the synthetic series, so 80 comes off the month first."""
    month = int(digits[2:4])
    plain = digits if month <= _SYNTHETIC else f"{digits[:2]}{month - _SYNTHETIC:02d}{digits[4:]}"
    try:
        return date.fromisoformat(fnr.get_birth_date(plain).isoformat())
    except ValidationError as fault:
        raise ValueError("the national identity number carries no possible date") from fault


@dataclass(frozen=True, slots=True)
class OrganisationNumber:
    """Organisasjonsnummer: nine digits with a control digit. Raises ValueError when it cannot be one."""

    value: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{9}", self.value) or not orgnr.is_valid(self.value):
            raise ValueError("an organisation number has nine digits and a right control digit")

    def __str__(self) -> str:
        return self.value
