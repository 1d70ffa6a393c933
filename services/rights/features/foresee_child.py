"""What the coming birthdays, school years and rates change for a child: every right from today on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.rights.domain.answers import Reader
from services.rights.domain.timeline import Course, RightTimeline, timeline
from services.rights.domain.told import Told
from services.rights.store import assessments
from services.rights.store.rulebook import Rulebook, rulebook
from shared.dates import MONTHS_A_YEAR, add_months, birthday
from shared.db.transaction import Transaction
from shared.domain import FieldFault, InvalidInput

DATE_OF_DEATH = "date_of_death"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """Every right of a child from `on` up to and with `until`. `ends`: the first day on which something that was told is not known any more."""

    child_id: UUID
    on: date
    until: date
    profile_version: int
    told: Told
    rights: tuple[RightTimeline, ...]
    ends: dict[str, date]

    def to_show(self) -> tuple[RightTimeline, ...]:
        """The rights that belong in a list: after a death those that a death touches, else those that do not wait for one."""
        rules, died = rulebook().rules, self.told.known.get(DATE_OF_DEATH) is not None
        kept = (each for each in self.rights if each.right in rules)
        return tuple(
            each for each in kept if (rules[each.right].needs_death if died else not rules[each.right].only_after_death)
        )


async def foresee_child(tx: Transaction, child: UUID, reader: Reader, *, until: date | None) -> Foreseen:
    """With the child's facts that the reader may see and the reader's own. The read is logged. Raises InvalidInput for a day that is past or too far."""
    await tx.reads(child, "rights")
    book, today = rulebook(), tx.today()
    found = await assessments.of_child(tx, child, applicant=reader.applicant)
    told = reader.told(found, book.vocabulary, today)
    last = _until(until, told, today, book)
    rules = {**book.rules_on(last), **book.rules_on(today)}
    courses = {right: _course(book, right, today) for right, rule in sorted(rules.items()) if reader.is_shown(rule)}
    ends = book.lasting.ends(told.known, told.said, told.told_on)
    return Foreseen(
        child_id=child,
        on=today,
        until=last,
        profile_version=min((each.profile_version for each in found), default=0),
        told=told,
        rights=timeline(book, told, courses, on=today, until=last),
        ends={fact: day for fact, day in sorted(ends.items()) if today < day <= last},
    )


def _course(book: Rulebook, right: str, today: date) -> Course:
    version, file = book.version_on(right, today), book.rights[right]
    return Course(
        begins=version.begins if version else None,
        ends=version.ends if version else None,
        is_applied_for=file.application.needed,
    )


def _until(wanted: date | None, told: Told, today: date, book: Rulebook) -> date:
    horizon, birth = book.horizon, told.known.get("birth_date")
    most = _in_years(today, horizon.most_years)
    if wanted is not None:
        if not today <= wanted <= most:
            raise InvalidInput(FieldFault("until", "out-of-reach", f"a day from {today} to {most}"))
        return wanted
    grown = birthday(birth, horizon.age) if isinstance(birth, date) else today
    return min(max(grown, _in_years(today, horizon.years)), most)


def _in_years(day: date, years: int) -> date:
    return add_months(day, years * MONTHS_A_YEAR)
