"""The access table `data/access.yaml`."""

from datetime import timedelta
from functools import cache
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.mapping.domain.law import AccessLaw, Action, AgeClass, GranteeKind, Groups, Standing, System
from services.mapping.store.data_files import DATA, read

_STRICT = ConfigDict(frozen=True, extra="forbid")


class Rule(BaseModel):
    """In these ages someone of this standing may do these things, with these groups of facts."""

    model_config = _STRICT

    standing: Standing
    ages: list[AgeClass] = Field(min_length=1)
    actions: list[Action] = Field(min_length=1)
    groups: Literal["all"] | list[str]
    law: str = Field(pattern=r"§|^none: .")

    @property
    def opens(self) -> Groups:
        """The groups as the domain has them."""
        return None if self.groups == "all" else frozenset(self.groups)


class RegisterTimes(BaseModel):
    """How old an answer of the register may be: before it is asked again, and at most."""

    model_config = _STRICT

    fresh_hours: int = Field(ge=1)
    usable_hours: int = Field(ge=1)


class GrantTimes(BaseModel):
    """How long a grant may last."""

    model_config = _STRICT

    longest_months: int = Field(ge=1)


class SystemRule(BaseModel):
    """What a service may ask for by itself."""

    model_config = _STRICT

    service: str
    purpose: str
    action: str
    child: bool
    of: list[str] = Field(min_length=1)


class AccessFile(BaseModel):
    """The whole table."""

    model_config = _STRICT

    version: str
    ages: dict[AgeClass, int]
    own_profile_below: int
    register_: RegisterTimes = Field(alias="register")
    grant: GrantTimes
    rules: list[Rule]
    grantable: dict[GranteeKind, list[Action]]
    own_version: dict[AgeClass, Literal["kept", "shown"]]
    sensitive_kept_from_self: list[AgeClass]
    systems: list[SystemRule]
    names_persons: list[str]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        cells = [(r.standing, age, action) for r in self.rules for age in r.ages for action in r.actions]
        if twice := {cell for cell in cells if cells.count(cell) > 1}:
            raise ValueError(f"two rules for {sorted(map(str, twice))}")
        if set(self.ages) != set(AgeClass) or list(self.ages.values()) != sorted(self.ages.values()):
            raise ValueError("every age class once, the youngest first")
        return self

    def law(self) -> AccessLaw:
        """The table as the domain has it."""
        return AccessLaw(
            version=self.version,
            ages=tuple((first, name) for name, first in self.ages.items()),
            rules={(r.standing, age, action): r.opens for r in self.rules for age in r.ages for action in r.actions},
            grantable={kind: frozenset(actions) for kind, actions in self.grantable.items()},
            systems=frozenset(System(s.service, s.purpose, s.action, s.child, of) for s in self.systems for of in s.of),
            names_persons=frozenset(self.names_persons),
            fresh=timedelta(hours=self.register_.fresh_hours),
            usable=timedelta(hours=self.register_.usable_hours),
            longest_grant_months=self.grant.longest_months,
            own_profile_below=self.own_profile_below,
            own_version_kept=frozenset(age for age, how in self.own_version.items() if how == "kept"),
            sensitive_kept_from_self=frozenset(self.sensitive_kept_from_self),
        )


@cache
def access_law() -> AccessLaw:
    """The table in force."""
    return read(DATA / "access.yaml", AccessFile).law()
