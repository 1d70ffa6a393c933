"""What each kind of stranger must get of each route: a row for every route, and one answer for every row and stranger."""

from collections.abc import Mapping
from enum import StrEnum

from gateway.edge.routes import ROUTES, Access, Route
from tests.support.asking.table import kinds_of


class Row(StrEnum):
    """What of a family a route is about."""

    ONE = "something of one family, named in the address"
    BODY = "something of one family, named in the body"
    LIST = "what the caller has"
    OPEN = "nobody's"
    OWN = "what an organisation makes of its own, about no family"


class Outcome(StrEnum):
    """What a stranger gets."""

    HIDDEN = "404, as for what does not exist"
    EMPTY = "200, with nothing of the family in it"
    FORBIDDEN = "403: the route is for another kind of caller"
    UNKNOWN = "401: the login is none"
    PUBLIC = "200, the same for everyone"
    MADE = "201, one of its own; 403 when it may have none"


ROWS: Mapping[str, Row] = {
    "GET /mapping/v1/facts": Row.OPEN,
    "GET /mapping/v1/children": Row.LIST,
    "GET /mapping/v1/children/{child_id}": Row.ONE,
    "GET /mapping/v1/children/{child_id}/profile": Row.ONE,
    "PATCH /mapping/v1/children/{child_id}/profile": Row.ONE,
    "GET /mapping/v1/children/{child_id}/profile/history": Row.ONE,
    "GET /mapping/v1/children/{child_id}/grants": Row.ONE,
    "POST /mapping/v1/children/{child_id}/grants": Row.ONE,
    "GET /mapping/v1/grants": Row.LIST,
    "GET /mapping/v1/grants/{grant_id}": Row.ONE,
    "POST /mapping/v1/grants/{grant_id}/withdrawal": Row.ONE,
    "GET /mapping/v1/children/{child_id}/access-log": Row.ONE,
    "POST /rights/v1/evaluations": Row.OPEN,
    "GET /rights/v1/rules": Row.OPEN,
    "GET /rights/v1/rules/{right_id}": Row.OPEN,
    "GET /rights/v1/facts": Row.OPEN,
    "GET /rights/v1/schemas/because": Row.OPEN,
    "GET /rights/v1/children/{child_id}": Row.ONE,
    "GET /rights/v1/children/{child_id}/rights/{right_id}": Row.ONE,
    "GET /rights/v1/children/{child_id}/next-questions": Row.ONE,
    "GET /rights/v1/children/{child_id}/timeline": Row.ONE,
    "GET /rights/v1/children/{child_id}/evaluations": Row.ONE,
    "GET /rights/v1/children/{child_id}/evaluations/{evaluation_id}": Row.ONE,
    "POST /rights/v1/local-rules": Row.OWN,
    "GET /rights/v1/local-rules": Row.LIST,
    "GET /rights/v1/local-rules/{local_rule_id}": Row.ONE,
    "POST /rights/v1/local-rules/{local_rule_id}/publication": Row.ONE,
    "POST /rights/v1/local-rules/{local_rule_id}/withdrawal": Row.ONE,
    "POST /rights/v1/local-rules/{local_rule_id}/end": Row.ONE,
    "GET /rights/v1/municipalities/{municipality}/rules": Row.OPEN,
    "GET /catalog/v1/services": Row.OPEN,
    "GET /catalog/v1/services/{service_id}": Row.OPEN,
    "GET /applications/v1/forms": Row.OPEN,
    "GET /applications/v1/forms/{form_id}": Row.OPEN,
    "POST /applications/v1/applications": Row.BODY,
    "GET /applications/v1/applications": Row.LIST,
    "GET /applications/v1/applications/{application_id}": Row.ONE,
    "PATCH /applications/v1/applications/{application_id}": Row.ONE,
    "POST /applications/v1/applications/{application_id}/submission": Row.ONE,
    "POST /applications/v1/applications/{application_id}/withdrawal": Row.ONE,
    "POST /applications/v1/applications/{application_id}/attachments": Row.ONE,
    "GET /applications/v1/applications/{application_id}/attachments": Row.ONE,
    "GET /applications/v1/applications/{application_id}/attachments/{attachment_id}": Row.ONE,
    "DELETE /applications/v1/applications/{application_id}/attachments/{attachment_id}": Row.ONE,
    "POST /applications/v1/applications/{application_id}/documentation-requests/{request_id}/answer": Row.ONE,
    "GET /applications/v1/inbox": Row.LIST,
    "GET /applications/v1/inbox/{application_id}": Row.ONE,
    "POST /applications/v1/inbox/{application_id}/receipt": Row.ONE,
    "POST /applications/v1/inbox/{application_id}/documentation-requests": Row.ONE,
    "POST /applications/v1/inbox/{application_id}/decision": Row.ONE,
    "GET /status/v1/children/{child_id}/overview": Row.ONE,
    "GET /status/v1/cases/{case_id}": Row.ONE,
    "POST /status/v1/cases/{case_id}/complaints": Row.ONE,
    "GET /status/v1/complaints/{complaint_id}": Row.ONE,
    "POST /status/v1/complaints/{complaint_id}/withdrawal": Row.ONE,
    "GET /status/v1/complaint-inbox": Row.LIST,
    "GET /status/v1/complaint-inbox/{complaint_id}": Row.ONE,
    "POST /status/v1/complaint-inbox/{complaint_id}/receipt": Row.ONE,
    "POST /status/v1/complaint-inbox/{complaint_id}/reassessment": Row.ONE,
    "POST /status/v1/complaint-inbox/{complaint_id}/forwarding": Row.ONE,
    "POST /status/v1/complaint-inbox/{complaint_id}/decision": Row.ONE,
    "GET /overview": Row.LIST,
    "GET /": Row.OPEN,
    "GET /docs": Row.OPEN,
    "GET /openapi.json": Row.OPEN,
    "GET /health/live": Row.OPEN,
    "GET /health/ready": Row.OPEN,
}
BY_NAME: Mapping[str, Route] = {f"{route.method} {route.template}": route for route in ROUTES}
_STRANGERS = {Row.OWN: Outcome.MADE, Row.ONE: Outcome.HIDDEN, Row.BODY: Outcome.HIDDEN, Row.LIST: Outcome.EMPTY}


def outcome(kind: str, route: str) -> Outcome:
    """What a stranger of this kind (citizen, machine, nobody) must get of the route. KeyError: the route has no row."""
    row, access = ROWS[route], BY_NAME[route].access
    if row is Row.OPEN:
        return Outcome.PUBLIC
    if kind == "nobody":
        return Outcome.UNKNOWN
    if access not in (Access.BOTH, Access(kind)):
        return Outcome.FORBIDDEN
    return _STRANGERS[row]


def told(route: str) -> tuple[str, ...]:
    """The kinds of callers that a route has something to tell."""
    return kinds_of(BY_NAME[route].access)
