"""Cases in the status service's tables: of one family, and of so many others, made by the database itself."""

from uuid import UUID

from shared.auth.principals import Kind, Principal, Subject
from tests.bench.world import as_admin
from tests.support.postgres import Clone

CHILD, MOTHER = UUID("0197c0de-0000-7000-8000-000000000002"), UUID("0197c0de-0000-7000-8000-000000000001")
FIRST_CASE = UUID("0197c0de-0000-7000-8000-00000000a001")
OF_THE_FAMILY, STEPS, CASES_A_CHILD = 8, 3, 4
READ = "case.read"
_RIGHTS = "(array['hjelpestonad', 'omsorgspenger', 'pleiepenger', 'avlastning'])[1 + n % 4]"
_CASE = (
    "insert into case_file (id, subject_id, kind, right_id, authority_kind, authority_org, status, version, submitted_at, changed_at)"
    " select {id}, {child}, 'application', {right}, 'nav', '312480018', 'documentation-requested', 3,"
    " timestamptz '2026-11-01 10:00Z' - n % 500 * interval '1 hour', timestamptz '2026-11-03 10:00Z' from generate_series(1, {number}) n"
)
_STEPS = (
    "insert into case_timeline (case_id, version, subject_id, status, at)"
    " select id, step, subject_id, (array['submitted', 'received', 'documentation-requested'])[step], submitted_at + step * interval '1 day'"
    f" from case_file, generate_series(1, {STEPS}) step where step = 1 or subject_id = '{CHILD}'"
)
_UNCHECKED = "set session_replication_role = replica"  # a row at a time, the references would take longer than the rest


def family(action: str = READ) -> Principal:
    """The mother of the child, as the gateway would say of her."""
    return Principal(
        Kind.CITIZEN, str(MOTHER), action=action, subjects={MOTHER: Subject("self"), CHILD: Subject("guardian")}
    )


async def fill(clone: Clone, others: int) -> None:
    """The family's cases with their timelines, and so many of other families with a first step each."""
    mine = _CASE.format(
        id="('0197c0de-0000-7000-8000-00000000a' || lpad(n::text, 3, '0'))::uuid",
        child=f"'{CHILD}'::uuid",
        right=_RIGHTS,
        number=OF_THE_FAMILY,
    )
    theirs = _CASE.format(
        id="gen_random_uuid()",
        child=f"md5('child' || n / {CASES_A_CHILD})::uuid",
        right=_RIGHTS,
        number=others,
    )
    await as_admin(clone, _UNCHECKED, mine, theirs, _STEPS)
    await as_admin(clone, "vacuum analyze case_file", "vacuum analyze case_timeline")
