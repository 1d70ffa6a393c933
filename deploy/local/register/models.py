"""What the population register answers: the published shapes, which a client may copy."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class AddressProtection(StrEnum):
    """Adressebeskyttelse: confidential is kode 7 (fortrolig), strictly_confidential is kode 6 (strengt fortrolig)."""

    NONE = "none"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"


class Relation(StrEnum):
    """What the adult is to the child. Guardian is an appointed one (verge)."""

    MOTHER = "mother"
    FATHER = "father"
    CO_MOTHER = "co-mother"
    FOSTER = "foster"
    GUARDIAN = "guardian"


class PersonLookup(BaseModel):
    """The question: the number goes in the body, never in an address."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"national_id": "14838836047"}]})

    national_id: str = Field(
        pattern=r"^\d{11}$", max_length=11, description="Fødselsnummer; synthetic ones have month + 80."
    )


class Relative(BaseModel):
    """The person at the other end of a relation between an adult and a child (foreldrebarnrelasjon, foreldreansvar).

    As a child's guardian: someone with parental responsibility, or daily care, or appointed. As an adult's child: every child the register
    knows, also those the adult has neither responsibility nor care for; whoever decides access must read the child's `guardians`.
    """

    model_config = ConfigDict(frozen=True)

    national_id: str = Field(pattern=r"^\d{11}$")
    relation: Relation = Field(description="What the adult is to the child, in both directions.")
    parental_responsibility: bool = Field(description="Foreldreansvar.")
    has_care: bool = Field(description="Has the daily care of the child.")
    lives_with: bool = Field(
        description="They live together; shared permanent residence (delt fast bosted) is yes for both homes."
    )


class Person(BaseModel):
    """One person.

    `POST /v1/persons/lookup {"national_id": "21841785050"}` answers, for a child:

        {"national_id": "21841785050", "name": "Blid Solstråle", "birth_date": "2017-04-21", "date_of_death": null, "stillborn": false,
         "lives_in_norway": true, "address_protection": "none", "kommunenummer": "3403", "address_key": "0b1c…32 hex digits",
         "children": [],
         "guardians": [{"national_id": "14838836047", "relation": "mother", "parental_responsibility": true, "has_care": true, "lives_with": true}, …]}

    and for her mother the same shape with `children` filled and `guardians` empty. Unknown number: 404. Register away: 503.
    """

    model_config = ConfigDict(frozen=True)

    national_id: str = Field(pattern=r"^\d{11}$")
    name: str = Field(max_length=200)
    birth_date: date
    date_of_death: date | None
    stillborn: bool
    lives_in_norway: bool
    address_protection: AddressProtection
    kommunenummer: str | None = Field(
        pattern=r"^\d{4}$", description="Given for a protected address too, for routing only. None abroad."
    )
    address_key: str = Field(pattern=r"^[0-9a-f]{32}$", description="Opaque: the same home has the same key.")
    children: list[Relative] = Field(max_length=50)
    guardians: list[Relative] = Field(max_length=10)


class Refusal(BaseModel):
    """Why there is no answer."""

    error: str
