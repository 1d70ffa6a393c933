"""Canonical JSON: what was sent in, frozen with every question as it was asked, every answer, and who said it when."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.applications.domain.answer import Answer, Source, SourceKind
from services.applications.domain.application import Application, Content
from services.applications.domain.attachment import Attachment
from services.applications.domain.authority import Organisation
from services.applications.domain.form import Field, Form

SHAPE = 1


def freeze(
    application: Application, form: Form, authority: Organisation, attachments: Iterable[Attachment], *, at: datetime
) -> bytes:
    """The same draft at the same moment gives the same bytes: sorted keys, no spaces, UTC times. Raises NotADraft."""
    content = application.require_draft()
    document = {
        "shape": SHAPE,
        "application_id": str(application.id),
        "child_id": str(application.child_id),
        "applicant": {"id": str(application.applicant_id), "relation": application.relation.value},
        "right_id": application.right_id,
        "form": {
            "id": form.id,
            "version": form.version,
            "national_form": form.national_form,
            "title": dict(form.title),
            "judged_for": form.judged_for.value,
        },
        "authority": {"kind": authority.kind, "orgnr": authority.orgnr},
        "submitted_at": moment(at),
        "sections": [_section(section.id, section.title, section.fields, content) for section in form.sections],
        "free_text": {"label": dict(form.free_text.label), "text": content.free_text},
        "attachments": [_attachment(each, form) for each in sorted(attachments, key=lambda each: each.id)],
    }
    return canonical(document)


def canonical(document: Mapping[str, Any]) -> bytes:
    """One and only one way to write the document as JSON."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(snapshot: bytes) -> str:
    """SHA-256 in hex: what the family and the authority can compare."""
    return hashlib.sha256(snapshot).hexdigest()


def content_as_json(content: Content) -> bytes:
    """A draft's content as it is stored (sealed)."""
    return canonical(
        {"prefilled": _plain(content.prefilled), "given": _plain(content.given), "free_text": content.free_text}
    )


def moment(at: datetime) -> str:
    """UTC with microseconds, as it stands in a snapshot."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def source_of(stored: Mapping[str, Any]) -> Source:
    """A source as it was stored in a draft or a snapshot."""
    return Source(
        SourceKind(stored["kind"]),
        UUID(stored["speaker"]) if stored["speaker"] else None,
        stored["organisation"],
        datetime.fromisoformat(stored["said_at"]) if stored["said_at"] else None,
    )


def _section(section_id: str, title: Mapping[str, str], fields: Iterable[Field], content: Content) -> dict[str, Any]:
    answered = [_line(field, answer) for field in fields if (answer := content.answer(field.fact.id))]
    return {"id": section_id, "title": dict(title), "answers": answered}


def _line(field: Field, answer: Answer) -> dict[str, Any]:
    fact = field.fact
    return {
        "fact": fact.id,
        "type": fact.type.value,
        "about": fact.about.value,
        "group": fact.group,
        "question": dict(fact.question),
        "labels": {value: dict(fact.labels[value]) for value in fact.values if value in fact.labels},
        "unit": fact.unit,
        "required": field.required,
        **_said(answer),
    }


def _said(answer: Answer) -> dict[str, Any]:
    return {
        "state": answer.state.value,
        "value": list(answer.value) if isinstance(answer.value, tuple) else answer.value,
        "source": _source(answer.source),
    }


def _source(source: Source) -> dict[str, str | None]:
    return {
        "kind": source.kind.value,
        "speaker": str(source.speaker) if source.speaker else None,
        "organisation": source.organisation,
        "said_at": moment(source.said_at) if source.said_at else None,
    }


def _attachment(attachment: Attachment, form: Form) -> dict[str, Any]:
    asked = next((item for item in form.documentation if item.id == attachment.documentation), None)
    return {
        "id": str(attachment.id),
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "documentation": {"id": asked.id, "text": dict(asked.text)} if asked else None,
    }


def _plain(answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {fact: _said(answer) for fact, answer in answers.items()}
