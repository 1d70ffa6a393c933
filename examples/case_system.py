"""A case system reads what families have opened for it and drops it again when they close it, and handles the applications sent to it.

    python examples/case_system.py --client hamar                 against the local cluster (make up)
    python examples/case_system.py --client hamar --store cases.db    and remembers what it read until the next run
    python examples/case_system.py                                as the client that the environment names
    python examples/case_system.py --client nav --inbox           acknowledges what is new, and says where every open case stands
    python examples/case_system.py --client nav --ask CASE "En uttalelse fra lege" 2027-01-15     asks the family for more
    python examples/case_system.py --client nav --decide CASE decision.json      the caseworker's decision, as the API takes it

Environment: SOMLOS_GATEWAY (http://localhost:8080), MASKINPORTEN_ISSUER (http://localhost:8081/maskinporten), MASKINPORTEN_CLIENT_ID and
MASKINPORTEN_CLIENT_JWK (your client's private key, a JWK). With --client the two last come from the local cluster's folder, `.local/` (SOMLOS_STATE_DIR).
One line of JSON for each child: what became of it, our pseudonym of it, and never a fact (those belong in your case system).

Needs httpx and joserfc, and nothing of Sømløs: copy what you can use.
"""

import argparse
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

GRANTS, PROFILE = "/mapping/v1/grants", "/mapping/v1/children/{child}/profile"
SCOPES = ("somlos:grants.read", "somlos:profile.read")
INBOX, CASE_SCOPES = "/applications/v1/inbox", ("somlos:cases.read", "somlos:cases.write")
PAGE = 100
TIMEOUT_SECONDS = 15.0
EARLY_SECONDS = 30
NOT_MODIFIED, UNAUTHORIZED, NOT_FOUND, TOO_MANY = 304, 401, 404, 429
SCHEMA = "create table if not exists shared (child text primary key, etag text not null, profile text not null)"


class Refused(Exception):
    """Sømløs or Maskinporten said no, and asking again does not help. `kind` is stable: decide on it, and show the text to people."""

    def __init__(self, answer: httpx.Response) -> None:
        problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        self.status, self.kind = answer.status_code, problem.get("type") or problem.get("error", "")
        self.faults = [f"{each['field']}: {each['detail']}" for each in problem.get("errors", [])]
        self.reference = problem.get("instance", "")  # this request in the log of Sømløs: name it when you ask for help
        said = problem.get("detail") or problem.get("error_description", "")
        why = answer.headers.get("www-authenticate", "")  # at 401 and 403: what is wrong with the token
        super().__init__(
            " ".join(filter(None, [f"{self.status} {self.kind}: {said}", *self.faults, why, self.reference]))
        )


class Later(Exception):
    """Too many requests, or a part is away: the same request may be sent again after so many seconds."""

    def __init__(self, answer: httpx.Response) -> None:
        said = answer.headers.get("retry-after", "")
        self.seconds = int(said) if said.isdigit() else 5
        super().__init__(f"{answer.status_code}: ask again in {self.seconds} s")


def checked(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is one."""
    if answer.status_code == TOO_MANY or answer.is_server_error:
        raise Later(answer)
    if not answer.is_success:
        raise Refused(answer)
    return answer


@dataclass
class Maskinporten:
    """Our client at Maskinporten. A token is for these scopes at this resource, and is used until it is about to expire."""

    http: httpx.Client
    issuer: str
    client_id: str
    key: RSAKey
    resource: str
    scopes: tuple[str, ...] = SCOPES
    _token: str = field(default="", repr=False)
    _until: float = 0.0

    def token(self, *, new: bool = False) -> str:
        """Raises Refused where Maskinporten does not know us, or a scope is not ours."""
        if new or time.time() > self._until - EARLY_SECONDS:
            metadata = self.http.get(f"{self.issuer.rstrip('/')}/.well-known/oauth-authorization-server")
            grant = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self._assertion()}
            told = checked(self.http.post(checked(metadata).json()["token_endpoint"], data=grant)).json()
            self._token, self._until = told["access_token"], time.time() + told["expires_in"]
        return self._token

    def _assertion(self) -> str:
        """Good for one minute and one use."""
        now = int(time.time())
        times = {"iat": now, "exp": now + 60, "jti": str(uuid4())}
        who = {"iss": self.client_id, "aud": self.issuer, "scope": " ".join(self.scopes), "resource": [self.resource]}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, {**who, **times}, self.key, ["RS256"])


@dataclass
class Somlos:
    """The gateway, as this organisation. A call of the case-handling API is a method here that uses `ask` or `pages`."""

    http: httpx.Client
    address: str
    login: Maskinporten

    def grants(self) -> Iterator[dict[str, Any]]:
        """What families have opened for us, with our own pseudonyms of the persons."""
        return self.pages(GRANTS)

    def profile(self, child: str, etag: str | None = None) -> httpx.Response:
        """The part of a profile that is open to us: 200, 304 when it is as we know it, or 404 when it is not open (any more)."""
        known = {"If-None-Match": etag} if etag else {}
        return self.ask("GET", PROFILE.format(child=child), headers=known, accept=(NOT_MODIFIED, NOT_FOUND))

    def case(self, case: str) -> httpx.Response:
        """An application that was sent to us, with what we have asked for and what was answered. The read stands in the family's log."""
        return self.ask("GET", f"{INBOX}/{case}")

    def step(self, case: str, step: str, body: dict[str, Any], etag: str | None = None) -> httpx.Response:
        """Takes a step of a case, from the version we have read. A step that must be sent again is sent with the same key, and taken once."""
        headers = {"If-Match": etag or self.case(case).headers["etag"], "Idempotency-Key": str(uuid4())}
        return self.ask("POST", f"{INBOX}/{case}/{step}", json=body, headers=headers)

    def pages(self, path: str, **which: str) -> Iterator[dict[str, Any]]:
        """Every item of a list, page after page. The cursor is sent back as it came."""
        where: dict[str, Any] = {"limit": PAGE, **which}
        while True:
            page = self.ask("GET", path, params=where).json()
            yield from page["items"]
            if page["next"] is None:
                return
            where["cursor"] = page["next"]

    def ask(self, method: str, path: str, *, accept: tuple[int, ...] = (), **request: Any) -> httpx.Response:
        """One request. An answer with a status in `accept` is returned too; Later or Refused for the rest."""
        answer = self._send(method, path, self.login.token(), **request)
        if answer.status_code == UNAUTHORIZED:
            answer = self._send(method, path, self.login.token(new=True), **request)
        return answer if answer.status_code in accept else checked(answer)

    def _send(self, method: str, path: str, token: str, **request: Any) -> httpx.Response:
        own = {"Authorization": f"Bearer {token}", "Accept-Language": "nb", **request.pop("headers", {})}
        return self.http.request(method, self.address + path, headers=own, **request)


class Cases:
    """Stands for your case system: what is shared with us right now, and nothing of what no longer is."""

    def __init__(self, file: str) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute(SCHEMA)

    def etag(self, child: str) -> str | None:
        """Of the profile as we have it."""
        row = self._database.execute("select etag from shared where child = ?", (child,)).fetchone()
        return str(row[0]) if row else None

    def children(self) -> set[str]:
        """Those whose profile we hold."""
        return {row[0] for row in self._database.execute("select child from shared")}

    def keep(self, child: str, etag: str, profile: dict[str, Any]) -> None:
        """In the place of what we had."""
        self._database.execute("insert or replace into shared values (?, ?, ?)", (child, etag, json.dumps(profile)))

    def drop(self, child: str) -> None:
        """The family has closed it, or it has ended: we have no ground for our copy."""
        self._database.execute("delete from shared where child = ?", (child,))


def update(somlos: Somlos, cases: Cases) -> Iterator[dict[str, Any]]:
    """One round, for instance each morning and whenever a case is opened: what became of each child."""
    granted = {grant["child_id"] for grant in somlos.grants() if may_read(grant)}
    for child in sorted(granted):
        answer = somlos.profile(child, cases.etag(child))
        if answer.status_code == NOT_FOUND:  # withdrawn since the list was read
            cases.drop(child)
            yield {"child": child, "outcome": "closed"}
        elif answer.status_code == NOT_MODIFIED or answer.headers["etag"] == cases.etag(child):
            yield {"child": child, "outcome": "unchanged"}
        else:
            profile = answer.json()
            cases.keep(child, answer.headers["etag"], profile)
            groups = sorted({fact["group"] for fact in profile["facts"]})
            yield {"child": child, "outcome": "read", "version": profile["version"], "groups": groups}
    for child in sorted(cases.children() - granted):
        cases.drop(child)
        yield {"child": child, "outcome": "closed"}


def handle(somlos: Somlos) -> Iterator[dict[str, Any]]:
    """One round of the inbox: what is new is fetched into the case system and acknowledged; of what is open, whose turn it is."""
    for item in somlos.pages(INBOX, state="new"):
        fetched = somlos.case(item["id"])  # this is what a caseworker reads
        receipt = {"case_reference": f"2026/{item['id'][-6:]}"}  # the number your system gives the case
        somlos.step(item["id"], "receipt", receipt, fetched.headers["etag"])
    for item in somlos.pages(INBOX, state="open"):
        yield {"case": item["id"], "person": item["person"], "right": item["right_id"], "due": item["due"]}


def work(somlos: Somlos, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """What the command line wants."""
    if options.ask:
        case, what, deadline = options.ask
        asked = somlos.step(case, "documentation-requests", {"what": what, "deadline": deadline}).json()
        yield {"case": case, "asked": asked["id"]}
    elif options.decide:
        case, file = options.decide
        decided = somlos.step(case, "decision", json.loads(Path(file).read_text(encoding="utf-8"))).json()
        yield {"case": case, "outcome": decided["outcome"]}
    else:
        yield from handle(somlos) if options.inbox else update(somlos, Cases(options.store))


def may_read(grant: dict[str, Any]) -> bool:
    """Whether it opens the profile today."""
    return grant["state"] == "active" and "profile.read" in grant["actions"]


def client(name: str | None) -> tuple[str, RSAKey]:
    """Our client id and its key."""
    if name is None:
        try:
            own = json.loads(os.environ["MASKINPORTEN_CLIENT_JWK"])
            return os.environ["MASKINPORTEN_CLIENT_ID"], RSAKey.import_key(own)
        except KeyError as missing:
            raise SystemExit(f"Say --client (one of the local cluster), or set {missing}.") from None
    file = Path(os.environ.get("SOMLOS_STATE_DIR", ".local")) / "clients" / f"{name}.jwk.json"
    if not file.exists():
        raise SystemExit(f"{file} is not there: start the local cluster with `make up`, or name another client.")
    jwk = json.loads(file.read_text(encoding="utf-8"))
    return jwk["client_id"], RSAKey.import_key(jwk)


def main() -> int:
    """0 when the round is done; 2 where we were refused; 75 where it should be tried again later."""
    parser = argparse.ArgumentParser(description="Reads what families have opened or sent to an organisation.")
    parser.add_argument("--client", help="a client of the local cluster: hamar, gjovik, vaga, nav, …")
    parser.add_argument("--store", default=":memory:", help="file that keeps what is shared with us")
    parser.add_argument("--inbox", action="store_true", help="acknowledge what is new, list what is open")
    parser.add_argument("--ask", nargs=3, metavar=("CASE", "WHAT", "DAY"), help="ask the family for documentation")
    parser.add_argument("--decide", nargs=2, metavar=("CASE", "FILE"), help="send the decision in a JSON file")
    options = parser.parse_args()
    scopes = CASE_SCOPES if options.inbox or options.ask or options.decide else SCOPES
    client_id, key = client(options.client)
    gateway = os.environ.get("SOMLOS_GATEWAY", "http://localhost:8080")
    issuer = os.environ.get("MASKINPORTEN_ISSUER", "http://localhost:8081/maskinporten")
    with httpx.Client(timeout=TIMEOUT_SECONDS) as http:
        login = Maskinporten(http, issuer, client_id, key, resource=gateway, scopes=scopes)
        try:
            for told in work(Somlos(http, gateway, login), options):
                print(json.dumps(told), flush=True)
        except Later as later:
            print(f"later: {later}", file=sys.stderr)
            return 75
        except Refused as refused:
            print(f"refused: {refused}", file=sys.stderr)
            return 2
        except httpx.TransportError as fault:
            print(f"later: no answer ({type(fault).__name__})", file=sys.stderr)
            return 75
    return 0


if __name__ == "__main__":
    sys.exit(main())
