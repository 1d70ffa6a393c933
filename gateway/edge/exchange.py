"""Exchanges the outside token for an internal one: mapping decides on persons, each time; the gateway signs."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import aiohttp
import orjson

from gateway.edge.profiles import Caller
from gateway.edge.routes import Access, Route
from shared import logging, telemetry
from shared.auth.principals import PUBLIC, Kind, Principal, Subject
from shared.auth.tokens import LIFETIME_SECONDS, Signer, subject_of
from shared.clock import Clock
from shared.domain import Forbidden, NotFound, Unavailable

DECISION_TIMEOUT = aiohttp.ClientTimeout(total=5, sock_connect=1)
RENEW_AFTER_SECONDS = LIFETIME_SECONDS / 2
MOST_KEPT = 10_000
_log = logging.get("exchange")


@dataclass(frozen=True, slots=True)
class Decision:
    """What mapping says the caller may touch right now."""

    sub: str
    subjects: Mapping[UUID, Subject]
    child: UUID | None
    law_version: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What a request carries inside: the token, and the child of its address as the services know it and as the caller does."""

    token: str
    inner: str | None = None
    alias: str | None = None


class Exchange:
    """Asks mapping and signs. Only what says nothing about any person is kept, for half its life: the public's tokens, those of an organisation
    on a route without a child, and our own assertion."""

    def __init__(self, signer: Signer, session: aiohttp.ClientSession, mapping_url: str, clock: Clock) -> None:
        self._signer, self._session, self._clock = signer, session, clock
        self._address = mapping_url.rstrip("/") + "/internal/decisions"
        self._kept: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()

    async def passage(self, caller: Caller | None, route: Route, child: str | None) -> Passage:
        """The internal token for one request. Raises NotFound, Forbidden or Unavailable."""
        if caller is None or route.access is Access.PUBLIC:
            return Passage(self._keep((route.service,), lambda: self._signer.token(route.service, PUBLIC)))
        if caller.kind is Kind.MACHINE and child is None:
            org = _principal(caller, route, Decision(caller.org or "", {}, None, None))
            said = (route.service, org.org, org.action, org.purpose, org.scopes)
            return Passage(self._keep(said, lambda: self._signer.token(route.service, org)))
        decision = await self.decide(caller, route, child)
        alias = self._alias(caller, decision, child)
        token = self._signer.token(route.service, _principal(caller, route, decision))
        return Passage(token, str(decision.child) if decision.child else None, alias)

    async def decide(self, caller: Caller, route: Route, child: str | None) -> Decision:
        """Mapping's decision, asked now. Raises NotFound (unknown, not the caller's, withdrawn), Forbidden or Unavailable."""
        question = {
            "principal": _principal_asked(caller),
            "action": route.action,
            "purpose": route.purpose if caller.kind is Kind.MACHINE else None,
            "child": child,
            "service": route.service,
        }
        status, answer = await self._ask(orjson.dumps(question))
        match status:
            case 200:
                return _decision(answer)
            case 404:
                raise NotFound
            case 403:
                raise Forbidden
            case _:
                _log.warning("mapping gave no decision", status=status)
                raise Unavailable("mapping")

    @staticmethod
    def _alias(caller: Caller, decision: Decision, child: str | None) -> str | None:
        """Checks that the decision is about the child that was asked for; returns what an organisation calls it."""
        if child is None:
            return None
        subject = decision.subjects.get(decision.child) if decision.child else None
        if subject is None:
            raise NotFound
        if caller.kind is Kind.MACHINE:
            if (subject.alias or "").lower() != child.lower():
                raise NotFound  # an organisation names persons by its own pseudonyms only
            return child
        if str(decision.child) != child.lower():
            raise NotFound
        return None

    async def _ask(self, question: bytes) -> tuple[int, bytes]:
        """One question to mapping; it changes nothing there, so a stale pooled connection is tried once more."""
        headers = {
            "Content-Type": "application/json",
            "Authorization": "Bearer " + self._assertion(),
            **telemetry.headers(),
        }
        for last in (False, True):
            try:
                async with self._session.post(
                    self._address, data=question, headers=headers, timeout=DECISION_TIMEOUT, allow_redirects=False
                ) as answer:
                    return answer.status, await answer.read()
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as fault:
                if last or isinstance(fault, aiohttp.ClientConnectorError):
                    raise Unavailable("mapping") from fault
            except (aiohttp.ClientError, TimeoutError) as fault:
                raise Unavailable("mapping") from fault
        raise Unavailable("mapping")

    def _assertion(self) -> str:
        return self._keep("assertion", lambda: self._signer.assertion("mapping"))

    def _keep(self, what: Hashable, sign: Callable[[], str]) -> str:
        """What was signed less than half its life ago for the same words, or signed now."""
        now = self._clock.now().timestamp()
        kept = self._kept.get(what)
        if kept is None or not 0 <= now - kept[0] < RENEW_AFTER_SECONDS:
            kept = self._kept[what] = (now, sign())
            self._kept.move_to_end(what)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return kept[1]


def _principal(caller: Caller, route: Route, decision: Decision) -> Principal:
    machine = caller.kind is Kind.MACHINE
    return Principal(
        kind=caller.kind,
        id=decision.sub,
        org=caller.org,
        scopes=frozenset(scope for scope in caller.scopes if scope.startswith("somlos:")),
        purpose=route.purpose if machine else None,
        action=route.action,
        subjects=decision.subjects,
        law_version=decision.law_version,
    )


def _principal_asked(caller: Caller) -> dict[str, Any]:
    if caller.kind is Kind.CITIZEN and caller.national_id:
        return {"kind": "citizen", "national_id": caller.national_id.value}
    return {"kind": "machine", "org": caller.org, "scopes": sorted(caller.scopes)}


def _decision(answer: bytes) -> Decision:
    try:
        said = orjson.loads(answer)
        subjects = {UUID(key): subject_of(claim) for key, claim in said["subjects"].items()}
        child = UUID(said["child"]) if said.get("child") else None
        return Decision(str(said["sub"]), subjects, child, str(said["law_version"]))
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        _log.error("mapping's decision cannot be read")
        raise Unavailable("mapping") from fault
