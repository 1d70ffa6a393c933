"""The population register (folkeregisteret): one person by national id, and the family around a person."""

import asyncio
from datetime import date
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from services.mapping.domain.family import Family, Registered
from services.mapping.domain.family import Relation as Kept
from shared.domain import NationalId, NotFound, Unavailable
from shared.http import Client

TIMEOUT_SECONDS = 3.0


class AddressProtection(StrEnum):
    """Adressebeskyttelse: confidential is kode 7, strictly_confidential is kode 6."""

    NONE = "none"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"


class Relation(StrEnum):
    """What the adult is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    CO_MOTHER = "co-mother"
    FOSTER = "foster"
    GUARDIAN = "guardian"


class Relative(BaseModel):
    """The person at the other end of a relation, as the register answers."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    national_id: str = Field(pattern=r"^\d{11}$")
    relation: Relation
    parental_responsibility: bool
    has_care: bool
    lives_with: bool


class Person(BaseModel):
    """One person, as the register answers."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    national_id: str = Field(pattern=r"^\d{11}$")
    name: str = Field(max_length=200)
    birth_date: date
    date_of_death: date | None
    stillborn: bool
    lives_in_norway: bool
    address_protection: AddressProtection
    kommunenummer: str | None = Field(pattern=r"^\d{4}$")
    address_key: str = Field(pattern=r"^[0-9a-f]{32}$")
    children: list[Relative] = Field(max_length=50)
    guardians: list[Relative] = Field(max_length=10)


class Register(Protocol):
    """What the service needs of the register."""

    async def family(self, focus: NationalId) -> Family:
        """The person with children, guardians and the children's other guardians. Raises NotFound or Unavailable."""
        ...


class PopulationRegister:
    """The register over HTTP. An answer that cannot be read counts as no answer."""

    def __init__(self, base_url: str) -> None:
        self._client = Client("population register", base_url, timeout=TIMEOUT_SECONDS)

    async def family(self, focus: NationalId) -> Family:
        """Three rounds at most, each at once for all: the person, the closest, the children's guardians. Raises NotFound or Unavailable."""
        person = await self._person(focus)
        persons = {focus.value: person}
        persons |= await self._relatives(
            {*(r.child.value for r in person.children), *(r.adult.value for r in person.guardians)}
        )
        children = [persons[relation.child.value] for relation in person.children]
        persons |= await self._relatives(
            {r.adult.value for child in children for r in child.guardians} - persons.keys()
        )
        return Family(focus, persons)

    async def _relatives(self, numbers: set[str]) -> dict[str, Registered]:
        """The persons, by number. One that the register names and then does not know is a fault of the register."""
        try:
            answers = await asyncio.gather(*(self._person(NationalId(number)) for number in sorted(numbers)))
        except NotFound as fault:
            raise Unavailable("population register") from fault
        return {answer.national_id.value: answer for answer in answers}

    async def _person(self, national_id: NationalId) -> Registered:
        try:
            answer = await self._client.call(
                "POST", "/v1/persons/lookup", name="/v1/persons/lookup", json={"national_id": national_id.value}
            )
            return _registered(Person.model_validate(answer))
        except ValueError as fault:  # not JSON, not the shape, not a national id
            raise Unavailable("population register") from fault

    async def close(self) -> None:
        """Closes its connections."""
        await self._client.close()


def _registered(person: Person) -> Registered:
    me = NationalId(person.national_id)
    return Registered(
        national_id=me,
        name=person.name,
        born=person.birth_date,
        died=person.date_of_death,
        stillborn=person.stillborn,
        lives_in_norway=person.lives_in_norway,
        protection=person.address_protection.value,
        kommunenummer=person.kommunenummer,
        address=person.address_key,
        children=tuple(_relation(r, adult=me, child=NationalId(r.national_id)) for r in person.children),
        guardians=tuple(_relation(r, adult=NationalId(r.national_id), child=me) for r in person.guardians),
    )


def _relation(relative: Relative, *, adult: NationalId, child: NationalId) -> Kept:
    return Kept(
        adult, child, relative.relation.value, relative.parental_responsibility, relative.has_care, relative.lives_with
    )
