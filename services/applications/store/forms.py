"""The forms, from data files: one a right."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.applications.domain import form as domain
from services.applications.domain.form import JudgedFor
from services.applications.domain.vocabulary import Fact, guards
from services.applications.store import vocabulary
from services.applications.store.files import DATA, BadDataFile, read
from services.applications.store.vocabulary import words
from shared.texts import Text

FOLDER = DATA / "forms"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Field(_Strict):
    fact: str
    required: bool = False


class _Section(_Strict):
    id: str
    title: Text
    fields: tuple[_Field, ...] = Field(min_length=1)


class _Documentation(_Strict):
    id: str
    text: Text


class _FreeText(_Strict):
    label: Text
    max_length: int = Field(gt=0, le=20000)


class _Form(_Strict):
    id: str
    version: int = Field(ge=1)
    right_id: str
    title: Text
    national_form: str | None
    authority: str
    judged_for: JudgedFor
    who_may: tuple[str, ...] = Field(min_length=1)
    answer: dict[str, str | None]
    complaint: dict[str, str | None]
    sections: tuple[_Section, ...] = Field(min_length=1)
    documentation: tuple[_Documentation, ...] = Field(max_length=20)
    free_text: _FreeText


def load(folder: Path = FOLDER) -> dict[str, domain.Form]:
    """Every form by id, in the order of their names. Raises BadDataFile."""
    facts = vocabulary.load()
    return {path.stem: _form(path, read(path, _Form), facts) for path in sorted(folder.glob("*.yaml"))}


def _form(path: Path, found: _Form, facts: dict[str, Fact]) -> domain.Form:
    if found.id != path.stem:
        raise BadDataFile(f"{path}: id: is not the file's name")
    form = domain.Form(
        id=found.id,
        version=found.version,
        right_id=found.right_id,
        title=words(found.title),
        national_form=found.national_form,
        authority=found.authority,
        judged_for=found.judged_for,
        who_may=found.who_may,
        answer=found.answer,
        complaint=found.complaint,
        sections=tuple(_section(path, section, facts) for section in found.sections),
        documentation=tuple(domain.Documentation(item.id, words(item.text)) for item in found.documentation),
        free_text=domain.FreeText(words(found.free_text.label), found.free_text.max_length),
    )
    _require_sound(path, form)
    return form


def _section(path: Path, found: _Section, facts: dict[str, Fact]) -> domain.Section:
    for field in found.fields:
        if field.fact not in facts:
            raise BadDataFile(f"{path}: sections.{found.id}: no fact {field.fact} in the vocabulary")
        vocabulary.require_derivable(facts[field.fact])
    return domain.Section(
        found.id, words(found.title), tuple(domain.Field(facts[field.fact], field.required) for field in found.fields)
    )


def _require_sound(path: Path, form: domain.Form) -> None:
    """Each fact once, no fact of a case, and a fact that guards another one's question is asked before it."""
    seen: list[str] = []
    for field in form.fields():
        if field.fact.id in seen:
            raise BadDataFile(f"{path}: sections: {field.fact.id} stands twice")
        late = guards([field.fact]) - set(seen)
        if late:
            raise BadDataFile(f"{path}: sections: {', '.join(sorted(late))} must be asked before {field.fact.id}")
        if field.required and not field.fact.is_told:
            raise BadDataFile(f"{path}: sections: {field.fact.id} cannot be required of the family")
        seen.append(field.fact.id)
