"""A small world around the mapping service: a register whose families a test makes and moves, and callers as the gateway would let them in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from shared.auth.principals import Kind, Principal
from shared.auth.tokens import subject_of
from tests.support.builders import national_id
from tests.support.running import Service, action_of

HAMAR, NAV, BODO = "312482754", "312480018", "312490978"
PURPOSES = {"profile.read": "follow-up", "profile.write": "follow-up", "grant.read": "follow-up"}


@dataclass
class Person:
    """Someone in the register; changed by the test at will."""

    born: date
    home: str
    name: str = "Prøve Prøvesen"
    protection: str = "none"
    kommunenummer: str | None = "3403"
    died: date | None = None
    number: str = ""

    def __post_init__(self) -> None:
        self.number = self.number or national_id(self.born)


@dataclass
class Register:
    """The population register as HTTP. `away`: it answers 503."""

    persons: dict[str, Person] = field(default_factory=dict)
    relations: list[dict[str, Any]] = field(default_factory=list)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    def add(self, born: date, home: str = "home", **more: Any) -> Person:
        """A new person."""
        person = Person(born, home, **more)
        while person.number in self.persons:
            person.number = national_id(born)
        self.persons[person.number] = person
        return person

    def tie(self, child: Person, adult: Person, kind: str = "mother", *, acts: bool = True) -> dict[str, Any]:
        """A relation; change the dictionary to change it."""
        relation = {"child": child.number, "adult": adult.number, "kind": kind, "acts": acts}
        self.relations.append(relation)
        return relation

    def app(self) -> FastAPI:
        """The register to serve."""
        app = FastAPI()

        @app.post("/v1/persons/lookup")
        async def lookup(body: dict[str, str]) -> Any:
            self.asked.append(body["national_id"])
            if self.away:
                return JSONResponse({"error": "away"}, 503)
            person = self.persons.get(body["national_id"])
            return self._answer(person) if person else JSONResponse({"error": "unknown"}, 404)

        return app

    def _answer(self, person: Person) -> dict[str, Any]:
        return {
            "national_id": person.number,
            "name": person.name,
            "birth_date": person.born.isoformat(),
            "date_of_death": person.died.isoformat() if person.died else None,
            "stillborn": False,
            "lives_in_norway": True,
            "address_protection": person.protection,
            "kommunenummer": person.kommunenummer,
            "address_key": f"{hash(person.home) & 0xFFFFFFFFFFFFFFFF:032x}",
            "children": [self._relative(r, r["child"]) for r in self.relations if r["adult"] == person.number],
            "guardians": [
                self._relative(r, r["adult"]) for r in self.relations if r["child"] == person.number and r["acts"]
            ],
        }

    def _relative(self, relation: dict[str, Any], other: str) -> dict[str, Any]:
        same = self.persons[relation["child"]].home == self.persons[relation["adult"]].home
        return {
            "national_id": other,
            "relation": relation["kind"],
            "parental_responsibility": relation["acts"],
            "has_care": relation["acts"],
            "lives_with": same,
        }


@dataclass
class Family:
    """Two guardians at one home and a child of nine, with the inner ids once someone has logged in."""

    mother: Person
    father: Person
    child: Person


@dataclass
class World:
    """The service, the register, and a door."""

    mapping: Service
    register: Register

    def family(self, born: date = date(2017, 4, 21), **more: Any) -> Family:
        """A new family; `more` is said of the child."""
        home = str(uuid4())
        mother = self.register.add(date(1988, 3, 14), home, name="Lun Prøve")
        father = self.register.add(date(1986, 9, 2), home, name="Stødig Prøve")
        child = self.register.add(born, home, name="Blid Prøve", **more)
        self.register.tie(child, mother)
        self.register.tie(child, father, "father")
        return Family(mother, father, child)

    async def decide(self, body: dict[str, Any], process: str = "gateway") -> Any:
        """Asks for a decision, as the gateway."""
        assertion = self.mapping.keys.signer(process, self.mapping.clock).assertion("mapping")
        return await self.mapping.http.post(
            "/internal/decisions", json=body, headers={"Authorization": f"Bearer {assertion}"}
        )

    async def asks(self, person: Person, action: str, child: UUID | str | None = None) -> Any:
        """A person's question."""
        principal = {"kind": "citizen", "national_id": person.number}
        return await self.decide(_question(principal, action, child))

    async def machine_asks(self, org: str, action: str, child: UUID | str | None, purpose: str | None = None) -> Any:
        """An organisation's question."""
        principal = {"kind": "machine", "org": org, "scopes": []}
        return await self.decide(_question(principal, action, child, purpose or PURPOSES.get(action)))

    async def enter(self, person: Person, action: str = "child.read", child: UUID | None = None) -> Principal:
        """The person as a service sees it, for one action. Fails when mapping says no."""
        answer = await self.asks(person, action, child)
        assert answer.status_code == 200, answer.text
        return _principal(Kind.CITIZEN, answer.json(), None, action, None)

    async def machine(self, org: str, action: str, alias: str | None) -> Principal:
        """The organisation as a service sees it, for one action and child."""
        answer = await self.machine_asks(org, action, alias)
        assert answer.status_code == 200, answer.text
        return _principal(Kind.MACHINE, answer.json(), org, action, PURPOSES.get(action))

    async def id_of(self, person: Person) -> UUID:
        """The inner id of someone who has logged in or has been seen with one who has."""
        caller = next(r for r in self.register.persons.values() if r is person)
        answer = await self.asks(caller, "child.read")
        return UUID(answer.json()["sub"])

    async def child_of(self, person: Person) -> UUID:
        """The inner id of the person's only child."""
        caller = await self.enter(person)
        return next(child for child in caller.subjects if str(child) != caller.id)

    async def call(self, person: Person, method: str, path: str, *, child: UUID | None = None, **request: Any) -> Any:
        """A person's request through the decision; the decision's refusal when it is one."""
        action = action_of(method, path) or ""
        answer = await self.asks(person, action, child)
        if answer.status_code != 200:
            return answer
        caller = _principal(Kind.CITIZEN, answer.json(), None, action, None)
        return await self.mapping.call(method, path, caller, **request)

    async def tell(self, person: Person, child: UUID, *facts: dict[str, Any], version: int | None = None) -> Any:
        """A PATCH of the profile, at its present version unless one is given."""
        path = f"/mapping/v1/children/{child}/profile"
        if version is None:
            version = (await self.rows("select version from profile where child_id = :child", child=child))[0][
                "version"
            ]
        return await self.call(
            person, "PATCH", path, child=child, json={"facts": list(facts)}, headers={"If-Match": f'"{version}"'}
        )

    async def profile(self, person: Person, child: UUID) -> dict[str, dict[str, Any]]:
        """The profile as a person reads it, by fact."""
        answer = await self.call(person, "GET", f"/mapping/v1/children/{child}/profile", child=child)
        assert answer.status_code == 200, answer.text
        return {fact["fact"]: fact for fact in answer.json()["facts"]}

    async def grant(self, person: Person, child: UUID, **more: Any) -> Any:
        """A grant to Hamar for health and care, unless said otherwise."""
        body = {
            "organisation": HAMAR,
            "purpose": "follow-up",
            "groups": ["health", "care"],
            "actions": ["profile.read"],
            "valid_to": "2027-05-24",
        } | more
        body = {name: value for name, value in body.items() if value is not None}
        return await self.call(
            person,
            "POST",
            f"/mapping/v1/children/{child}/grants",
            child=child,
            json=body,
            headers={"Idempotency-Key": str(uuid4())},
        )

    async def alias(self, org: str, person: UUID) -> str:
        """The organisation's pseudonym of a person."""
        rows = await self.rows(
            "select alias from pseudonym where organisation = :org and person_id = :person", org=org, person=person
        )
        return str(rows[0]["alias"])

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows, past every wall."""
        return await self.mapping.rows(sql, **values)


def _question(
    principal: dict[str, Any], action: str, child: UUID | str | None, purpose: str | None = None
) -> dict[str, Any]:
    return {
        "principal": principal,
        "action": action,
        "purpose": purpose,
        "child": str(child) if child else None,
        "service": "mapping",
    }


def _principal(kind: Kind, answer: dict[str, Any], org: str | None, action: str, purpose: str | None) -> Principal:
    subjects = {UUID(who): subject_of(claim) for who, claim in answer["subjects"].items()}
    return Principal(kind, answer["sub"], org=org, purpose=purpose, action=action, subjects=subjects)


def known(fact: str, value: Any, **more: Any) -> dict[str, Any]:
    """One entry of a PATCH."""
    return {"fact": fact, "state": "known", "value": value, **more}


def ids(rows: Iterable[dict[str, Any]], name: str) -> set[Any]:
    """One column."""
    return {row[name] for row in rows}
