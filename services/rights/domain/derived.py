"""Facts that follow from others on the day. They are never told and never stored."""

from dataclasses import dataclass
from datetime import date

from services.rights.domain.fact import Origin, Vocabulary
from services.rights.domain.tree import Known, Value
from shared.dates import age_on, months_on


@dataclass(frozen=True, slots=True)
class SchoolStart:
    """The day compulsory education (opplæringsplikten) begins: this day and month in the year the child turns so old."""

    turning: int
    month: int
    day: int

    def of(self, birth: date) -> date:
        """The day for a child born then."""
        return date(birth.year + self.turning, self.month, self.day)


def derive(known: Known, day: date, *, vocabulary: Vocabulary, school_start: SchoolStart) -> dict[str, Value]:
    """What is known, with everything that follows from it on the day (in Europe/Oslo); derived facts that came along are replaced."""
    stated = {fact: value for fact, value in known.items() if vocabulary[fact].origin is not Origin.DERIVED}
    birth, death, parent_birth = (
        _date(stated, "birth_date"),
        _date(stated, "date_of_death"),
        _date(stated, "parent_birth_date"),
    )
    derived: dict[str, Value] = {}
    if birth is not None:
        derived = {
            "child_age": max(age_on(birth, day), 0),
            "child_age_turning_this_year": max(day.year - birth.year, 0),
            "child_age_months": max(months_on(birth, day), 0),
            "kindergarten_age": day < school_start.of(birth),
        }
    if parent_birth is not None:
        derived |= {
            "parent_age": age_on(parent_birth, day),
            "parent_age_turning_this_year": day.year - parent_birth.year,
        }
    if birth is not None and death is not None:
        derived["age_at_death"] = max(age_on(birth, death), 0)
    died = death is not None or stated.get("stillborn") is True
    if (
        died or birth is not None
    ):  # a birth date comes from the register: it has answered, and told of a death if there was one
        derived["deceased"] = died
    return stated | derived


def _date(known: Known, fact: str) -> date | None:
    value = known.get(fact)
    return value if isinstance(value, date) else None
