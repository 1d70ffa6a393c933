"""What is going on between a pushed request and its tokens. In memory: a restart ends every login that is under way."""

import secrets
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from deploy.local.register.people import SyntheticPerson
from shared.texts import Lang


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """What a client has asked for, checked."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    code_challenge: str
    scope: str
    acr: str
    resource: tuple[str, ...]
    lang: Lang


@dataclass(frozen=True, slots=True)
class Login:
    """A person has logged in for that request; the code that stands for it has been handed out."""

    request: LoginRequest
    person: SyntheticPerson
    lang: Lang
    at: int
    sid: str


@dataclass(slots=True)
class Session:
    """The browser's session: which clients it has logged in to, each with the `sid` it was told."""

    clients: dict[str, str] = field(default_factory=dict)


T = TypeVar("T")


class Expiring(Generic[T]):
    """Things under names that nobody can guess, each until its time is out."""

    def __init__(self, lifetime: int, prefix: str = "") -> None:
        self.lifetime = lifetime
        self._prefix = prefix
        self._things: dict[str, tuple[T, int]] = {}

    def keep(self, thing: T, now: int) -> str:
        """Its name, from now on. Lifetime in seconds."""
        self._things = {name: kept for name, kept in self._things.items() if kept[1] > now}
        name = self._prefix + secrets.token_urlsafe(32)
        self._things[name] = (thing, now + self.lifetime)
        return name

    def get(self, name: str | None, now: int) -> T | None:
        """The thing, if it is still there."""
        thing, until = self._things.get(name or "", (None, 0))
        return thing if until > now else None

    def take(self, name: str | None, now: int) -> T | None:
        """The thing, once: after this it is gone."""
        thing = self.get(name, now)
        self._things.pop(name or "", None)
        return thing
