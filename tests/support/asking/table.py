"""What a good request is, and the table of them."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from deploy.local.register.people import SyntheticPerson
from gateway.edge.routes import Access
from shared.auth.principals import PUBLIC, Principal
from tests.support.town import Town, person

NAV, HAMAR = "312480018", "312482754"
CHILD, APPLICATIONS = "/mapping/v1/children/{child_id}", "/applications/v1/applications"
MOTHER = person("solstraale", "lun")


def kinds_of(access: Access) -> tuple[str, ...]:
    """Who may call a route: `public`, `citizen`, `machine`."""
    return ("citizen", "machine") if access is Access.BOTH else (access.value,)


@dataclass(frozen=True)
class Family:
    """For whom a good request is made: who asks, about which child, and the municipality that the child lives in."""

    asker: SyntheticPerson
    child: SyntheticPerson
    municipality: str


SOLSTRAALE = Family(MOTHER, person("solstraale", "blid"), HAMAR)
FAMILY: ContextVar[Family] = ContextVar("FAMILY", default=SOLSTRAALE)


@contextmanager
def asking_for(family: Family) -> Iterator[None]:
    """Every good request within the block is that family's."""
    before = FAMILY.set(family)
    try:
        yield
    finally:
        FAMILY.reset(before)


def municipality() -> str:
    """The organisation number of the family's municipality."""
    return FAMILY.get().municipality


@dataclass(frozen=True)
class Asked:
    """A request to one service: the template, the values in it, and who asks."""

    method: str
    template: str
    caller: Principal | None
    values: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def service(self) -> str:
        """Whom it is asked of."""
        return self.template.split("/")[1]

    @property
    def path(self) -> str:
        """The address."""
        return self.template.format_map(self.values)

    async def send(self, town: Town) -> httpx.Response:
        """Asks."""
        body = (
            {"json": self.json}
            if self.json is not None
            else {"content": self.content}
            if self.content is not None
            else {}
        )
        return await town[self.service].call(
            self.method, self.path, self.caller, headers=self.headers, params=dict(self.params), **body
        )


Prepare = Callable[[Town], Awaitable[Asked]]
GOOD: dict[tuple[str, str], Prepare] = {}


def good(route: str, kind: str = "citizen") -> Callable[[Prepare], Prepare]:
    """Registers the good request of a route for one kind of caller (citizen, machine or public)."""

    def keep(prepare: Prepare) -> Prepare:
        GOOD[route, kind] = prepare
        return prepare

    return keep


def public(route: str, *, json: Any = None, **values: str) -> None:
    """A route for everyone: nothing to get ready."""
    method, template = route.split(" ")

    async def prepare(town: Town) -> Asked:
        return Asked(method, template, PUBLIC, values, json=json)

    good(route, "public")(prepare)


async def asked(
    town: Town, route: str, *, child: UUID | None = None, values: Mapping[str, str] | None = None, **request: Any
) -> Asked:
    """The mother's request, or that of whoever asks for the family."""
    method, template = route.split(" ")
    named = {**({"child_id": str(child)} if child else {}), **(values or {})}
    caller = await town.person(FAMILY.get().asker, method, template.format_map(named), child)
    return Asked(method, template, caller, named, **request)


def in_days(town: Town, days: int) -> str:
    """The day so many days from the town's today."""
    return (town.clock.now() + timedelta(days=days)).date().isoformat()


def key() -> dict[str, str]:
    """A fresh Idempotency-Key."""
    return {"Idempotency-Key": uuid4().hex}


async def the_child(town: Town) -> UUID:
    """The family's child; the mother's elder one."""
    family = FAMILY.get()
    listed = await town["mapping"].get("/mapping/v1/children", await town.person(family.asker))
    return UUID(next(each["id"] for each in listed.json()["items"] if each["name"] == family.child.name))
