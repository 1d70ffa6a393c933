"""What the start page reads is what the services say: by their views, and by the examples they publish."""

import typing

import pytest
from pydantic import BaseModel, ValidationError

from gateway.overview import cases_brief, rights_brief, said
from services.mapping.api.children import ChildList, ChildView
from services.rights.api.children import RightsView
from services.rights.domain.verdict import Verdict
from services.status.api.case_view import CaseSummary
from services.status.api.complaint_view import ComplaintBrief
from services.status.domain.case import Awaited, DecisionOutcome
from shared.web import Page


def models_in(annotation) -> list[type[BaseModel]]:
    """The models that a field holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in models_in(part)]


def unsaid(read: type[BaseModel], answered: type[BaseModel], place: str = "") -> list[str]:
    """The fields that are read and that the service's answer does not have."""
    known = {field.alias or name: field for name, field in answered.model_fields.items()}
    faults = []
    for name, field in read.model_fields.items():
        said_name = field.alias or name
        if said_name not in known:
            faults.append(f"{place}{said_name}")
            continue
        for inner, other in zip(models_in(field.annotation), models_in(known[said_name].annotation), strict=False):
            faults += unsaid(inner, other, f"{place}{said_name}.")
    return faults


def example_of(view: type[BaseModel]) -> dict:
    """The example that the service publishes."""
    return view.model_json_schema()["example"]


@pytest.mark.parametrize(
    ("read", "answered"),
    [(said.Children, ChildList), (said.Rights, RightsView), (said.Cases, Page[CaseSummary])],
)
def test_every_field_that_is_read_is_in_the_services_answer(read, answered):
    assert unsaid(read, answered) == []


def test_a_field_that_is_not_there_is_found():
    assert {"next", "items.right", "items.awaited"} <= set(unsaid(said.Cases, ChildList))


@pytest.mark.parametrize(
    ("read", "answered"),
    [
        (said.Children, ChildList),
        (said.Child, ChildView),
        (said.Rights, RightsView),
        (said.Case, CaseSummary),
        (said.Complaint, ComplaintBrief),
    ],
)
def test_the_services_own_examples_can_be_read(read, answered):
    read.model_validate(example_of(answered))


def test_an_example_of_another_shape_cannot_be_read():
    example = example_of(CaseSummary)
    with pytest.raises(ValidationError):
        said.Case.model_validate(example | {"awaited": "authority"})


def test_the_values_that_the_page_looks_for_are_the_services_own():
    assert {Verdict(verdict) for verdict in rights_brief.VERDICTS} == {
        Verdict.LIKELY,
        Verdict.POSSIBLE,
        Verdict.MUST_BE_ASSESSED,
    }
    assert cases_brief.ME == Awaited.FAMILY
    assert cases_brief.ALL_GIVEN == DecisionOutcome.GRANTED
