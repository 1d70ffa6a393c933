"""What a good request is, and the table of them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from shared.auth.principals import PUBLIC, Principal
from tests.support.town import Town, person

NAV, HAMAR = "312480018", "312482754"
CHILD, APPLICATIONS = "/mapping/v1/children/{child_id}", "/applications/v1/applications"
MOTHER = person("solstraale", "lun")


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


def public(route: str, **values: str) -> None:
    """A route for everyone: nothing to get ready."""
    method, template = route.split(" ")

    async def prepare(town: Town) -> Asked:
        return Asked(method, template, PUBLIC, values)

    good(route, "public")(prepare)


async def asked(
    town: Town, route: str, *, child: UUID | None = None, values: Mapping[str, str] | None = None, **request: Any
) -> Asked:
    """The mother's request."""
    method, template = route.split(" ")
    named = {**({"child_id": str(child)} if child else {}), **(values or {})}
    caller = await town.person(MOTHER, method, template.format_map(named), child)
    return Asked(method, template, caller, named, **request)


def key() -> dict[str, str]:
    """A fresh Idempotency-Key."""
    return {"Idempotency-Key": uuid4().hex}


async def the_child(town: Town) -> UUID:
    """The mother's elder child."""
    return await town.child_of(MOTHER)
