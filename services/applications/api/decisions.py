"""Taking in an authority's decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter, Response

from services.applications.api.decision_body import DecisionBody
from services.applications.api.desk import AtDesk
from services.applications.api.handling_view import DecisionView, decision_view
from services.applications.api.inbox_reading import INBOX_WRITE, addressed
from services.applications.api.wording import Speech
from services.applications.domain.lawful_decision import ShorterThanTheLaw
from services.applications.features.decide_application import decide_application
from services.applications.store import decisions
from services.applications.store.wordings import Wordings
from shared.auth.dependencies import Machine
from shared.db.idempotency import remember, remembered
from shared.domain import FieldFault, InvalidInput, NotFound
from shared.once import TakenOnce
from shared.problems import responses
from shared.texts import Lang, Text
from shared.web import etag, set_etag

router = APIRouter(prefix="/applications/v1/inbox/{application_id}", tags=["inbox"])


@router.post(
    "/decision",
    status_code=201,
    summary="Decide",
    responses=responses(400, 401, 403, 404, 409, 412, 422, 428, 503),
)
async def decide(
    application_id: UUID, body: DecisionBody, caller: Machine, desk: AtDesk, once: TakenOnce, response: Response
) -> DecisionView:
    """Once, item by item. What is refused or granted in part needs reasons, law, and how to complain; a fault names each field. The ETag is the application's."""
    with _faults(desk.speech):
        async with desk.database.begin(caller) as tx:
            known = await remembered(tx, once.key)
            application, _ = await addressed(tx, application_id, INBOX_WRITE)
            decision = await decisions.of(tx, application_id) if known else None
            if not known:
                application, decision = await decide_application(
                    tx, application_id, body.said(), desk.shelf.law, version=once.version
                )
                await remember(tx, once.key, resource_id=str(decision.id), etag=etag(application.version))
    if decision is None:
        raise NotFound
    set_etag(response, application.version)
    return decision_view(decision, desk.speech)


@contextmanager
def _faults(speech: Speech) -> Iterator[None]:
    """Faults leave with words for people, and with both dates where a time limit is too short."""
    try:
        with speech.faults():
            yield
    except InvalidInput as found:
        raise InvalidInput(*(_dated(fault, speech.sentences) for fault in found.faults)) from found


def _dated(fault: FieldFault, sentences: Wordings) -> FieldFault:
    if not isinstance(fault, ShorterThanTheLaw) or fault.detail is None:
        return fault
    words = {
        lang: fault.detail.in_(lang).format(
            stated=sentences.written_day(fault.stated, lang),
            lawful=sentences.written_day(fault.lawful, lang),
            law=fault.law,
        )
        for lang in Lang
    }
    return replace(fault, detail=Text(nb=words[Lang.NB], nn=words[Lang.NN], en=words[Lang.EN]))
