"""The synthetic families of `people.yaml`, read and checked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from deploy.local.register.models import AddressProtection, Relation
from shared.domain import NationalId
from shared.texts import Text

PEOPLE_FILE = Path(__file__).parents[1] / "people.yaml"


def _synthetic(number: str) -> str:
    if not NationalId(number).is_synthetic:
        raise ValueError("only synthetic persons: 80 must be added to the month")
    return number


SyntheticNumber = Annotated[str, AfterValidator(_synthetic)]


class Entry(BaseModel):
    """A part of the file: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Home(Entry):
    """Where people live. Two persons with the same home live together."""

    kommunenummer: str | None = Field(pattern=r"^\d{4}$", description="None: abroad")
    protection: AddressProtection = AddressProtection.NONE


class SyntheticPerson(Entry):
    """One person of a family."""

    national_id: SyntheticNumber
    name: str
    born: date
    home: str
    died: date | None = None
    stillborn: bool = False

    @model_validator(mode="after")
    def _dates_agree(self) -> "SyntheticPerson":
        if NationalId(self.national_id).birth_date != self.born:
            raise ValueError("born is not the date in the number")
        if self.died and self.died < self.born:
            raise ValueError("died before being born")
        return self


class SyntheticRelation(Entry):
    """What an adult of the family is to a child of it."""

    child: str
    adult: str
    relation: Relation
    responsibility: bool = True
    care: bool = True
    lives_with: bool | None = Field(default=None, description="None: whether the home is the same")


class Family(Entry):
    """One family: a story to test with."""

    key: str
    about: Text
    homes: dict[str, Home]
    persons: dict[str, SyntheticPerson]
    relations: list[SyntheticRelation]

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> "Family":
        unknown = {person.home for person in self.persons.values()} - self.homes.keys()
        unknown |= {name for each in self.relations for name in (each.child, each.adult)} - self.persons.keys()
        if unknown:
            raise ValueError(f"not in family {self.key}: {', '.join(sorted(unknown))}")
        return self


class People(Entry):
    """All of them."""

    families: list[Family]

    @model_validator(mode="after")
    def _nobody_twice(self) -> "People":
        numbers = [person.national_id for _, _, person in self.everyone()]
        homes = [home for family in self.families for home in family.homes]
        keys = [family.key for family in self.families]
        for what, values in (("a number", numbers), ("a home", homes), ("a family", keys)):
            if len(set(values)) != len(values):
                raise ValueError(f"{what} is there twice")
        return self

    def everyone(self) -> Iterator[tuple[Family, str, SyntheticPerson]]:
        """Each person with their family and the name it goes by in the file."""
        return ((family, name, person) for family in self.families for name, person in family.persons.items())

    def person(self, family: str, name: str) -> SyntheticPerson:
        """`person("solstraale", "lun")` is the story's mother. Raises KeyError."""
        return {each.key: each for each in self.families}[family].persons[name]

    def find(self, national_id: str) -> SyntheticPerson | None:
        """The person with that number."""
        return next((person for _, _, person in self.everyone() if person.national_id == national_id), None)


def safe_yaml(path: Path) -> Any:
    """What the file says, read in C where that is at hand: ten times as fast."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def read_people(path: Path = PEOPLE_FILE) -> People:
    """The families of the file. Raises ValueError that names the file and the reason."""
    try:
        return People.model_validate(safe_yaml(path))
    except (OSError, yaml.YAMLError, ValidationError) as fault:
        raise ValueError(f"{path}: {fault}") from fault
