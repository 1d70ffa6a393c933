"""The fixed table of routes: what is not here does not exist from outside."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gateway.edge.errors import MethodNotAllowed
from shared.domain import NotFound

KIB = 1024
BODY_LIMIT = 64 * KIB
UPLOAD_LIMIT = 12 * KIB * KIB
TIMEOUT_SECONDS = 10.0
UPLOAD_TIMEOUT_SECONDS = 60.0
BODYLESS = frozenset({"GET", "DELETE"})
SELF = "gateway"
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}")


class Access(StrEnum):
    """Who may use a route; the services' OpenAPI says the same in `x-access`."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    MACHINE = "machine"
    BOTH = "both"


# One purpose per scope: a machine never chooses its purpose, its scope does.
PURPOSES: Mapping[str, str] = {
    "somlos:profile.read": "follow-up",
    "somlos:profile.write": "follow-up",
    "somlos:grants.read": "follow-up",
    "somlos:applications.read": "case-handling",
    "somlos:cases.read": "case-handling",
    "somlos:cases.write": "case-handling",
    "somlos:rules.read": "rule-keeping",
    "somlos:rules.write": "rule-keeping",
}


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one address. `child` is the name of the path parameter that names a child, if any."""

    method: str
    template: str
    service: str
    access: Access
    action: str | None = None
    scope: str | None = None
    child: str | None = None
    body_limit: int = BODY_LIMIT
    timeout_seconds: float = TIMEOUT_SECONDS
    only_asks: bool = False
    """Whether it changes nothing although it is no GET: asked again, nothing is done twice."""

    @property
    def purpose(self) -> str | None:
        """The purpose a machine has here."""
        return PURPOSES[self.scope] if self.scope else None

    @property
    def changes(self) -> bool:
        """Whether it may have changed something when no answer came."""
        return self.method != "GET" and not self.only_asks

    @property
    def streams(self) -> bool:
        """Whether the body goes through piece by piece instead of being collected first."""
        return self.body_limit > BODY_LIMIT

    def path(self, values: Mapping[str, str]) -> str:
        """The address with these values in it."""
        return self.template.format_map(values)


def public(method: str, template: str, service: str) -> Route:
    """Open to all, no token looked at."""
    return Route(method, template, service, Access.PUBLIC, body_limit=0)


def question(template: str, service: str) -> Route:
    """A POST open to all that asks and changes nothing: what is asked is too much, or too private, for an address."""
    return Route("POST", template, service, Access.PUBLIC, only_asks=True)


def private(access: Access, methods: str, template: str, action: str, *, scope: str | None = None) -> Iterable[Route]:
    """Routes for people, organisations or both; the service is the first part of the address."""
    for method in methods.split("+"):
        child = "child_id" if "{child_id}" in template else None
        limit = 0 if method in BODYLESS else BODY_LIMIT
        yield Route(method, template, template.split("/")[1], access, action, scope, child, limit)


def upload(access: Access, template: str, action: str, *, scope: str | None = None) -> Route:
    """A POST whose body is a file."""
    return Route(
        "POST", template, template.split("/")[1], access, action, scope, None, UPLOAD_LIMIT, UPLOAD_TIMEOUT_SECONDS
    )


CITIZEN, MACHINE, BOTH = Access.CITIZEN, Access.MACHINE, Access.BOTH
CHILD, GRANTS, APPLICATIONS = "/mapping/v1/children/{child_id}", "/mapping/v1/grants", "/applications/v1/applications"
LOCAL_RULES = "/rights/v1/local-rules"
INBOX, COMPLAINTS = "/applications/v1/inbox", "/status/v1/complaint-inbox"
ROUTES: tuple[Route, ...] = (
    # mapping
    public("GET", "/mapping/v1/facts", "mapping"),
    *private(CITIZEN, "GET", "/mapping/v1/children", "child.read"),
    *private(CITIZEN, "GET", CHILD, "child.read"),
    *private(BOTH, "GET", CHILD + "/profile", "profile.read", scope="somlos:profile.read"),
    *private(BOTH, "PATCH", CHILD + "/profile", "profile.write", scope="somlos:profile.write"),
    *private(CITIZEN, "GET", CHILD + "/profile/history", "profile.read"),
    *private(CITIZEN, "GET", CHILD + "/grants", "grant.read"),
    *private(CITIZEN, "POST", CHILD + "/grants", "grant.give"),
    *private(BOTH, "GET", GRANTS, "grant.read", scope="somlos:grants.read"),
    *private(BOTH, "GET", GRANTS + "/{grant_id}", "grant.read", scope="somlos:grants.read"),
    *private(CITIZEN, "POST", GRANTS + "/{grant_id}/withdrawal", "grant.withdraw"),
    *private(CITIZEN, "GET", CHILD + "/access-log", "access-log.read"),
    # rights
    question("/rights/v1/evaluations", "rights"),
    public("GET", "/rights/v1/rules", "rights"),
    public("GET", "/rights/v1/rules/{right_id}", "rights"),
    public("GET", "/rights/v1/facts", "rights"),
    public("GET", "/rights/v1/schemas/because", "rights"),
    *private(CITIZEN, "GET", "/rights/v1/children/{child_id}", "rights.read"),
    *private(CITIZEN, "GET", "/rights/v1/children/{child_id}/rights/{right_id}", "rights.read"),
    *private(CITIZEN, "GET", "/rights/v1/children/{child_id}/next-questions", "rights.read"),
    *private(CITIZEN, "GET", "/rights/v1/children/{child_id}/timeline", "rights.read"),
    *private(CITIZEN, "GET", "/rights/v1/children/{child_id}/evaluations", "rights.read"),
    *private(CITIZEN, "GET", "/rights/v1/children/{child_id}/evaluations/{evaluation_id}", "rights.read"),
    *private(MACHINE, "POST", LOCAL_RULES, "rule.write", scope="somlos:rules.write"),
    *private(MACHINE, "GET", LOCAL_RULES, "rule.read", scope="somlos:rules.read"),
    *private(MACHINE, "GET", LOCAL_RULES + "/{local_rule_id}", "rule.read", scope="somlos:rules.read"),
    *private(MACHINE, "POST", LOCAL_RULES + "/{local_rule_id}/publication", "rule.write", scope="somlos:rules.write"),
    *private(MACHINE, "POST", LOCAL_RULES + "/{local_rule_id}/withdrawal", "rule.write", scope="somlos:rules.write"),
    *private(MACHINE, "POST", LOCAL_RULES + "/{local_rule_id}/end", "rule.write", scope="somlos:rules.write"),
    public("GET", "/rights/v1/municipalities/{municipality}/rules", "rights"),
    # catalog
    public("GET", "/catalog/v1/services", "catalog"),
    public("GET", "/catalog/v1/services/{service_id}", "catalog"),
    # applications
    public("GET", "/applications/v1/forms", "applications"),
    public("GET", "/applications/v1/forms/{form_id}", "applications"),
    *private(CITIZEN, "POST", APPLICATIONS, "application.write"),
    *private(BOTH, "GET", APPLICATIONS, "application.read", scope="somlos:applications.read"),
    *private(BOTH, "GET", APPLICATIONS + "/{application_id}", "application.read", scope="somlos:applications.read"),
    *private(CITIZEN, "PATCH", APPLICATIONS + "/{application_id}", "application.write"),
    *private(CITIZEN, "POST", APPLICATIONS + "/{application_id}/submission", "application.submit"),
    *private(CITIZEN, "POST", APPLICATIONS + "/{application_id}/withdrawal", "application.submit"),
    upload(CITIZEN, APPLICATIONS + "/{application_id}/attachments", "application.write"),
    *private(
        BOTH,
        "GET",
        APPLICATIONS + "/{application_id}/attachments",
        "application.read",
        scope="somlos:applications.read",
    ),
    *private(
        BOTH,
        "GET",
        APPLICATIONS + "/{application_id}/attachments/{attachment_id}",
        "application.read",
        scope="somlos:applications.read",
    ),
    *private(CITIZEN, "DELETE", APPLICATIONS + "/{application_id}/attachments/{attachment_id}", "application.write"),
    *private(
        CITIZEN,
        "POST",
        APPLICATIONS + "/{application_id}/documentation-requests/{request_id}/answer",
        "application.submit",
    ),
    *private(MACHINE, "GET", INBOX, "inbox.read", scope="somlos:cases.read"),
    *private(MACHINE, "GET", INBOX + "/{application_id}", "inbox.read", scope="somlos:cases.read"),
    *(
        route
        for step in ("receipt", "documentation-requests", "decision")
        for route in private(
            MACHINE, "POST", f"{INBOX}/{{application_id}}/{step}", "inbox.write", scope="somlos:cases.write"
        )
    ),
    # status
    *private(CITIZEN, "GET", "/status/v1/children/{child_id}/overview", "case.read"),
    *private(CITIZEN, "GET", "/status/v1/cases/{case_id}", "case.read"),
    *private(CITIZEN, "POST", "/status/v1/cases/{case_id}/complaints", "complaint.write"),
    *private(CITIZEN, "GET", "/status/v1/complaints/{complaint_id}", "case.read"),
    *private(CITIZEN, "POST", "/status/v1/complaints/{complaint_id}/withdrawal", "complaint.write"),
    *private(MACHINE, "GET", COMPLAINTS, "inbox.read", scope="somlos:cases.read"),
    *private(MACHINE, "GET", COMPLAINTS + "/{complaint_id}", "inbox.read", scope="somlos:cases.read"),
    *(
        route
        for step in ("receipt", "reassessment", "forwarding", "decision")
        for route in private(
            MACHINE, "POST", f"{COMPLAINTS}/{{complaint_id}}/{step}", "inbox.write", scope="somlos:cases.write"
        )
    ),
    # the gateway itself
    Route("GET", "/overview", SELF, Access.CITIZEN, "child.read", body_limit=0),
    *(public("GET", path, SELF) for path in ("/", "/docs", "/openapi.json", "/health/live", "/health/ready")),
)


def within(routes: Iterable[Route], *, request_seconds: float, upload_seconds: float) -> tuple[Route, ...]:
    """The routes with these time limits."""
    return tuple(
        replace(route, timeout_seconds=upload_seconds if route.streams else request_seconds) for route in routes
    )


@dataclass(slots=True)
class _Node:
    """One step of an address: what may follow, and what the address up to here answers to."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    value: "_Node | None" = None
    methods: dict[str, tuple[Route, tuple[str, ...]]] = field(default_factory=dict)


def _allowed(node: _Node) -> tuple[str, ...]:
    return tuple(sorted({*node.methods, *(["HEAD"] if "GET" in node.methods else [])}))


class RouteTable:
    """Finds a route by method and address in as many steps as the address has parts."""

    def __init__(self, routes: Iterable[Route] = ROUTES) -> None:
        self.routes = tuple(routes)
        self._root = _Node()
        for route in self.routes:
            self._add(route)

    def find(self, method: str, parts: list[str]) -> tuple[Route, dict[str, str]]:
        """The route and the values in its address; HEAD is a GET whose body the server leaves out. Raises NotFound or MethodNotAllowed."""
        node, values = self._walk(parts)
        if not node.methods:
            raise NotFound
        found = node.methods.get("GET" if method == "HEAD" else method)
        if found is None:
            raise MethodNotAllowed(_allowed(node))
        route, names = found
        return route, dict(zip(names, values, strict=True))

    def methods(self, parts: list[str]) -> tuple[str, ...]:
        """The methods of an address. Raises NotFound."""
        node, _ = self._walk(parts)
        if not node.methods:
            raise NotFound
        return _allowed(node)

    def _walk(self, parts: list[str]) -> tuple[_Node, list[str]]:
        node, values = self._root, []
        for part in parts:
            following = node.words.get(part)
            if following is None:
                following = node.value
                if following is None or not _VALUE.fullmatch(part):
                    raise NotFound
                values.append(part)
            node = following
        return node, values

    def _add(self, route: Route) -> None:
        node, names = self._root, []
        for part in route.template[1:].split("/"):
            if part.startswith("{"):
                names.append(part[1:-1])
                node.value = node.value or _Node()
                node = node.value
            else:
                node = node.words.setdefault(part, _Node())
        if route.method in node.methods:
            raise ValueError(f"{route.method} {route.template} stands twice in the table")
        node.methods[route.method] = (route, tuple(names))
