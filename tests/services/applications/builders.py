"""A small form and what may be answered in it."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from services.applications.domain.answer import Answer, Source, SourceKind, State
from services.applications.domain.applicant import Relation
from services.applications.domain.application import Application, Content, Status
from services.applications.domain.form import Documentation, Field, Form, FreeText, JudgedFor, Section
from services.applications.domain.vocabulary import About, Atom, Fact, FactType, Origin

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MOTHER, CHILD = UUID(int=1), UUID(int=2)


def fact(fact_id: str, kind: FactType = FactType.BOOLEAN, **more: object) -> Fact:
    """A told fact of the child's, unless said otherwise."""
    given = {"about": About.CHILD, "group": "care", "origin": Origin.TOLD, "question": {"nb": f"{fact_id}?"}, **more}
    return Fact(id=fact_id, type=kind, **given)  # type: ignore[arg-type]


SERIOUS = fact("serious_condition")
THREATENING = fact("life_threatening", ask_when=(Atom("serious_condition", "is", True),))
HOURS = fact("hours", FactType.NUMBER, minimum=0, maximum=168, unit="hours/week")
BURDEN = fact("heavy_care_burden", about=About.RELATION)


def form(*fields: Field, **more: object) -> Form:
    """A form of one section."""
    given = {
        "id": "avlastning",
        "version": 1,
        "right_id": "avlastning",
        "title": {"nb": "Søknad"},
        "national_form": None,
        "authority": "municipality",
        "judged_for": JudgedFor.GUARDIAN,
        "who_may": ("guardian",),
        "answer": {},
        "complaint": {},
        "sections": (Section("all", {"nb": "Alt"}, fields),),
        "documentation": (Documentation("care-work", {"nb": "Omsorgsarbeidet"}),),
        "free_text": FreeText({"nb": "Mer?"}, 20),
        **more,
    }
    return Form(**given)  # type: ignore[arg-type]


def told(fact_id: str, value: object, state: State = State.KNOWN, speaker: UUID = MOTHER) -> Answer:
    """An answer that someone told before."""
    return Answer(fact_id, state, Source(SourceKind.TOLD, speaker=speaker, said_at=AT), value)  # type: ignore[arg-type]


def draft(content: Content | None = None, **more: object) -> Application:
    """A draft of the mother's."""
    given = {
        "id": uuid4(),
        "child_id": CHILD,
        "applicant_id": MOTHER,
        "relation": Relation.GUARDIAN,
        "form_id": "avlastning",
        "form_version": 1,
        "right_id": "avlastning",
        "status": Status.DRAFT,
        "revision": 1,
        "version": 0,
        "created_at": AT,
        "changed_at": AT,
        "content": content or Content(),
        **more,
    }
    return Application(**given)  # type: ignore[arg-type]
