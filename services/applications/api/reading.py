"""A caller's reading of one application: on what ground, and as whom it is logged."""

from dataclasses import replace

from fastapi import Response

from services.applications.api.application_view import ApplicationView, view_of
from services.applications.api.desk import Desk
from services.applications.domain.application import Application
from services.applications.domain.handling import NOTHING, Handling
from services.applications.domain.viewer import Viewer, viewer_of
from shared.auth.principals import Kind, Principal, Subject
from shared.db.transaction import Transaction
from shared.domain import NotFound
from shared.web import set_etag

READ, WRITE, SUBMIT = "application.read", "application.write", "application.submit"
PARTY = "party"


def viewer(application: Application, caller: Principal, action: str) -> Viewer:
    """How the caller sees the application: a citizen as the token says of the child, an organisation as the party it was sent to. Raises NotFound."""
    if caller.kind is Kind.CITIZEN:
        subject = caller.covers(application.child_id, action)
        return viewer_of(application, person=caller.person, groups=subject.groups)
    address = application.address
    if caller.action != action or address is None or address.orgnr != caller.org:
        raise NotFound
    return viewer_of(application, person=None, groups=None)


def as_reader(tx: Transaction, application: Application) -> Transaction:
    """The transaction with what the caller is to this child: a party's token names no child, so its ground and the protection come from the case."""
    caller, address = tx.principal, application.address
    if caller.kind is Kind.CITIZEN or address is None:
        return tx
    party = Subject(PARTY, alias=address.child_alias, protected=address.protected)
    return replace(tx, principal=replace(caller, subjects={application.child_id: party}))


def shown(
    application: Application,
    caller: Principal,
    action: str,
    desk: Desk,
    response: Response,
    *,
    handling: Handling = NOTHING,
) -> ApplicationView:
    """The whole view for this caller, with its ETag on the response. Raises NotFound."""
    set_etag(response, application.revision)
    return seen(application, caller, action, desk, handling=handling)


def seen(
    application: Application, caller: Principal, action: str, desk: Desk, *, handling: Handling = NOTHING
) -> ApplicationView:
    """The whole view for this caller. Raises NotFound."""
    form, reader = desk.shelf.forms.get(application.form_id), viewer(application, caller, action)
    return view_of(application, form, reader, desk.speech, handling=handling)
