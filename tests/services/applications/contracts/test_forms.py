"""Each form against the right it applies for, as the facts have it."""

from typing import Any

import pytest
import yaml

from services.applications.domain.form import Form
from services.applications.domain.vocabulary import guards
from services.applications.store import forms, vocabulary, wordings

FORMS = forms.load()
WANTED = {
    "hjelpestonad",
    "grunnstonad",
    "omsorgspenger-kronisk-sykt-barn",
    "avlastning",
    "brukerstyrt-personlig-assistanse",
}


def right(folder, form: Form) -> dict[str, Any]:
    return yaml.safe_load((folder / "rights" / f"{form.right_id}.yaml").read_text(encoding="utf-8"))


def facts_in(node: dict[str, Any]) -> set[str]:
    children = node.get("all") or node.get("any") or node.get("of") or ([node["not"]] if "not" in node else [])
    return ({node["fact"]} if "fact" in node else set()).union(*(facts_in(child) for child in children))


def certain(node: dict[str, Any]) -> set[str]:
    """Facts that no other answer can make superfluous: those under `all` alone."""
    if "fact" in node:
        return {node["fact"]}
    return set().union(*(certain(child) for child in node.get("all", [])))


def test_the_forms_of_the_first_slice_are_there():
    assert set(FORMS) >= WANTED


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_form_asks_the_facts_of_its_right_and_nothing_else(form, facts_folder):
    tree = facts_in(right(facts_folder, form)["when"])
    asked = {field.fact.id for field in form.fields()}
    guarding = guards(field.fact for field in form.fields() if field.fact.id in tree)
    assert asked == tree | guarding


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_form_says_what_its_right_says(form, facts_folder):
    found = right(facts_folder, form)
    application = found["application"]
    assert form.national_form == application.get("form")
    assert form.authority == found["authority"]
    assert form.judged_for == found["judged_for"]
    assert list(form.who_may) == application["who_may"]
    assert [item.text["nb"] for item in form.documentation] == application["documentation"]
    assert dict(form.answer) == {key: found["answer"][key] for key in ("deadline", "preliminary")}
    assert dict(form.complaint) == {key: found["complaint"][key] for key in ("deadline", "body")}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_what_decides_whatever_else_is_said_must_be_answered(form, facts_folder):
    required = {field.fact.id for field in form.fields() if field.required}
    told = {field.fact.id for field in form.fields() if field.fact.is_told}
    assert certain(right(facts_folder, form)["when"]) & told <= required <= told


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_every_text_for_people_is_there_in_three_languages(form):
    texts = [
        form.title,
        form.free_text.label,
        *(section.title for section in form.sections),
        *(item.text for item in form.documentation),
    ]
    texts += [field.fact.question for field in form.fields() if field.fact.is_told]
    assert all({"nb", "nn", "en"} <= set(text) for text in texts)


def test_the_vocabulary_is_a_copy_of_the_facts(facts_folder):
    assert vocabulary.FILE.read_bytes() == (facts_folder / "facts.yaml").read_bytes()


def test_every_authority_of_a_form_has_a_name():
    assert {form.authority for form in FORMS.values()} <= set(wordings.load().authorities)


def test_every_sentence_is_there_in_three_languages():
    sentences = wordings.load()
    groups = (sentences.sources, sentences.states, sentences.faults, sentences.statuses, sentences.authorities)
    assert all(text.nn and text.en for group in groups for text in group.values())
