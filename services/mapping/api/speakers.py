"""Who said something, as the reader may know it."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.mapping.api.desk import Desk
from services.mapping.domain.profile import Speaker, SpeakerKind
from services.mapping.store.organisations import name_of
from shared.auth.principals import Kind, Principal


class SaidBy(StrEnum):
    """You, a guardian (another one than you), the child itself, or an organisation."""

    YOU = "you"
    GUARDIAN = "guardian"
    CHILD = "child"
    ORGANISATION = "organisation"


class OrganisationView(BaseModel):
    """An organisation."""

    orgnr: str = Field(max_length=9)
    name: str = Field(max_length=200)


def said_by(speaker: Speaker, caller: Principal) -> SaidBy:
    """What the reader is told of the speaker."""
    me = caller.person if caller.kind is Kind.CITIZEN else None
    if (me and speaker.person == me) or (speaker.organisation and speaker.organisation == caller.org):
        return SaidBy.YOU
    return SaidBy(speaker.kind.value)


def organisation(speaker: Speaker, desk: Desk) -> OrganisationView | None:
    """The organisation that said it, if one did."""
    if speaker.kind is not SpeakerKind.ORGANISATION or speaker.organisation is None:
        return None
    return OrganisationView(
        orgnr=speaker.organisation, name=name_of(desk.knowledge.organisations, speaker.organisation, desk.language)
    )
