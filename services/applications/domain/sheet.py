"""An application as it is read: section by section, line by line; from a draft and its form, or from what was frozen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.applications.domain.answer import Answer, Source, State
from services.applications.domain.application import Content
from services.applications.domain.completeness import is_shown
from services.applications.domain.form import Field, Form, JudgedFor
from services.applications.domain.snapshot import source_of
from services.applications.domain.viewer import Viewer
from services.applications.domain.vocabulary import About, Value, Words, frozen


@dataclass(frozen=True, slots=True)
class Line:
    """One question and, where there is one, its answer. `editable`: the applicant may still answer it here."""

    fact: str
    type: str
    about: About
    group: str
    question: Words
    labels: Mapping[str, Words]
    unit: str | None
    required: bool
    editable: bool
    minimum: float | None = None
    maximum: float | None = None
    state: State | None = None
    value: Value | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is read."""

    id: str
    title: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole application as it is read."""

    title: Words
    national_form: str | None
    judged_for: JudgedFor
    parts: tuple[Part, ...]
    free_text_label: Words
    free_text: str | None


def of_draft(form: Form, content: Content) -> Sheet:
    """What the applicant sees: every field that is asked now, and whatever is answered."""
    answers = content.answers()
    parts = tuple(
        Part(
            section.id,
            section.title,
            tuple(_line(field, answers.get(field.fact.id)) for field in section.fields if is_shown(field, answers)),
        )
        for section in form.sections
    )
    return Sheet(form.title, form.national_form, form.judged_for, parts, form.free_text.label, content.free_text)


def of_snapshot(snapshot: bytes) -> Sheet:
    """What was sent in, from the frozen bytes alone."""
    document = json.loads(snapshot)
    form, free_text = document["form"], document["free_text"]
    parts = tuple(
        Part(s["id"], s["title"], tuple(_frozen_line(each) for each in s["answers"])) for s in document["sections"]
    )
    return Sheet(
        form["title"],
        form["national_form"],
        JudgedFor(form["judged_for"]),
        parts,
        free_text["label"],
        free_text["text"],
    )


def seen_by(sheet: Sheet, viewer: Viewer) -> Sheet:
    """The sheet with what the viewer may not see left out, line by line; an empty section goes with its lines."""
    parts = (
        replace(part, lines=tuple(line for line in part.lines if viewer.sees_answer(line.about, line.group)))
        for part in sheet.parts
    )
    words = sheet.free_text if viewer.sees_own_words(sheet.judged_for) else None
    return replace(sheet, parts=tuple(part for part in parts if part.lines), free_text=words)


def _line(field: Field, answer: Answer | None) -> Line:
    fact = field.fact
    return Line(
        fact=fact.id,
        type=fact.type,
        about=fact.about,
        group=fact.group,
        question=fact.question,
        labels={value: fact.labels.get(value, {}) for value in fact.values},
        unit=fact.unit,
        required=field.required,
        editable=fact.is_told,
        minimum=fact.minimum,
        maximum=fact.maximum,
        state=answer.state if answer else None,
        value=answer.value if answer else None,
        source=answer.source if answer else None,
    )


def _frozen_line(stored: Mapping[str, Any]) -> Line:
    return Line(
        fact=stored["fact"],
        type=stored["type"],
        about=About(stored["about"]),
        group=stored["group"],
        question=stored["question"],
        labels=stored["labels"],
        unit=stored["unit"],
        required=stored["required"],
        editable=False,
        state=State(stored["state"]),
        value=None if stored["value"] is None else frozen(stored["value"]),
        source=source_of(stored["source"]),
    )
