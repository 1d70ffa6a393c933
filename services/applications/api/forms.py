"""The forms: what is asked, what to attach, who may apply and who decides."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.applications.api.desk import Shelved, Speaking
from services.applications.api.wording import Speech, Wording
from services.applications.domain.form import Field as FormField
from services.applications.domain.form import Form, JudgedFor
from services.applications.domain.vocabulary import About, FactType, Origin
from shared.auth.dependencies import Anyone
from shared.conditional import PUBLIC, IfNoneMatch, Kept, conditional, kept_responses
from shared.problems import responses
from shared.texts import Text
from shared.web import Slug

router = APIRouter(prefix="/applications/v1/forms", tags=["forms"])
_EXAMPLE: dict[str, JsonValue] = {
    "id": "avlastning",
    "version": 1,
    "right_id": "avlastning",
    "title": {"text": "Søknad om avlastning", "lang": "nb"},
    "national_form": None,
    "national_form_text": {"text": "Det finnes ikke noe nasjonalt skjema for dette.", "lang": "nb"},
    "authority": "municipality",
    "authority_name": {"text": "Kommunen", "lang": "nb"},
    "who_may": ["guardian"],
}


class FormSummary(BaseModel):
    """One form in the list."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: str = Field(max_length=100)
    version: int = Field(ge=1, description="rises when the form changes")
    right_id: str = Field(max_length=100, description="the right it applies for")
    title: Wording
    national_form: str | None = Field(
        max_length=100, description="the form's number at the authority; null: there is no national form"
    )
    national_form_text: Wording | None = Field(description="says so when there is none")
    authority: str = Field(max_length=40, description="which kind of authority decides")
    authority_name: Wording
    who_may: list[str] = Field(
        max_length=10, description="guardian; youth_from_<age>: the youth itself from that age; service; anyone"
    )


class OptionView(BaseModel):
    """One value that may be chosen."""

    value: str = Field(max_length=100)
    label: Wording


class FieldView(BaseModel):
    """One question of a form."""

    fact: str = Field(max_length=100, description="id of the fact in the common vocabulary")
    question: Wording
    question_youth: Wording | None = Field(description="the same question put to the youth itself")
    type: FactType
    about: About
    origin: Origin = Field(
        description="told: the applicant answers; register and derived: filled in, and put right at the source"
    )
    required: bool = Field(description="must be answered before sending; not_known is an answer")
    sensitive: bool
    options: list[OptionView] = Field(max_length=100)
    unit: str | None = Field(max_length=40)
    min: float | None
    max: float | None


class SectionView(BaseModel):
    """Questions that belong together."""

    id: str = Field(max_length=100)
    title: Wording
    fields: list[FieldView] = Field(max_length=100)


class DocumentationView(BaseModel):
    """Something to attach or describe."""

    id: str = Field(max_length=100)
    text: Wording


class FreeTextView(BaseModel):
    """The one open question."""

    label: Wording
    max_length: int


class FormView(FormSummary):
    """A whole form."""

    judged_for: JudgedFor = Field(
        description="whose right the authority judges: the child's, or the guardian's who applies"
    )
    answer: dict[str, str | None] = Field(max_length=4, description="ids of the deadlines for the authority's answer")
    complaint: dict[str, str | None] = Field(max_length=4, description="deadline and body of a complaint")
    sections: list[SectionView] = Field(max_length=30)
    documentation: list[DocumentationView] = Field(max_length=20)
    free_text: FreeTextView


class FormList(BaseModel):
    """Every form; there are few, so it is one page."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_EXAMPLE]}})

    items: list[FormSummary] = Field(max_length=200)


@router.get("", summary="Every form", responses=responses(503))
async def list_forms(caller: Anyone, shelf: Shelved, speech: Speaking) -> FormList:
    """The forms that can be filled in and sent from here."""
    return FormList(items=[FormSummary(**_summary(form, speech)) for form in shelf.forms.values()])


@router.get(
    "/{form_id}", summary="One form", response_model=FormView, responses=kept_responses(404, 503, versioned=True)
)
async def read_form(
    form_id: Slug, caller: Anyone, shelf: Shelved, speech: Speaking, if_none_match: IfNoneMatch = None
) -> Response:
    """What the form asks, section by section."""
    form = shelf.form(form_id)
    view = FormView(
        **_summary(form, speech),
        judged_for=form.judged_for,
        answer=dict(form.answer),
        complaint=dict(form.complaint),
        sections=[
            SectionView(
                id=section.id,
                title=speech.of(section.title),
                fields=[_field(field, speech) for field in section.fields],
            )
            for section in form.sections
        ],
        documentation=[DocumentationView(id=item.id, text=speech.of(item.text)) for item in form.documentation],
        free_text=FreeTextView(label=speech.of(form.free_text.label), max_length=form.free_text.max_length),
    )
    return conditional(Kept.of(view, version=form.version), speech.lang, if_none_match, cache=PUBLIC)


def _summary(form: Form, speech: Speech) -> dict[str, object]:
    return {
        "id": form.id,
        "version": form.version,
        "right_id": form.right_id,
        "title": speech.of(form.title),
        "national_form": form.national_form,
        "national_form_text": None if form.national_form else speech.of(speech.sentences.no_national_form),
        "authority": form.authority,
        "authority_name": speech.of(speech.sentences.authorities.get(form.authority) or Text(nb=form.authority)),
        "who_may": list(form.who_may),
    }


def _field(field: FormField, speech: Speech) -> FieldView:
    fact = field.fact
    return FieldView(
        fact=fact.id,
        question=speech.of(fact.question),
        question_youth=speech.of(fact.question_youth) if fact.question_youth else None,
        type=fact.type,
        about=fact.about,
        origin=fact.origin,
        required=field.required,
        sensitive=fact.sensitive,
        options=[OptionView(value=value, label=speech.of(fact.labels[value])) for value in fact.values],
        unit=fact.unit,
        min=fact.minimum,
        max=fact.maximum,
    )
