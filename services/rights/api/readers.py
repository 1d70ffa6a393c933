"""Who reads the answers about a child, and what the answers rest on."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from services.rights.api.speech import Speech, View, speech_in
from services.rights.domain.answers import Answers, Reader
from shared.auth.principals import Principal
from shared.texts import Lang

READ = "rights.read"
_SELF, _GUARDIAN = "self", "guardian"


class BasedOn(View):
    """What the answers rest on. Who has changed the profile waits until its version stands here."""

    profile_version: int = Field(ge=0, description="0: no profile has arrived yet, nothing is known")
    as_of: datetime | None
    told: bool = Field(description="whether anything is told, by you or others; false: they rest on age and registers")


class AnswerAt(View):
    """Where a missing fact is told: `{"facts": [{"fact": …, "state": "known", "value": …}]}` with If-Match."""

    method: str = "PATCH"
    href: str = Field(max_length=200)


def reader_of(child: UUID, caller: Principal) -> Reader:
    """Raises NotFound when the token does not cover the child."""
    subject = caller.covers(child, READ)
    return Reader(None if subject.ground == _SELF else caller.person, subject.groups, subject.ground == _GUARDIAN)


def speech_to(reader: Reader, lang: Lang) -> Speech:
    """The words for that reader."""
    return speech_in(lang, to_youth=reader.applicant is None)


def based_on(answers: Answers) -> BasedOn:
    """What the answers rest on."""
    return BasedOn(profile_version=answers.profile_version, as_of=answers.as_of, told=answers.told)


def answer_at(child: UUID) -> AnswerAt:
    """Where what is missing is told."""
    return AnswerAt(href=f"/mapping/v1/children/{child}/profile")
