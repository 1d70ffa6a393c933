"""The family answers what the authority has asked for."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from services.applications.api.application_view import ApplicationView
from services.applications.api.desk import AtDesk
from services.applications.api.reading import SUBMIT, shown
from services.applications.api.written import Answered
from services.applications.domain.attachment import MAX_IN_DRAFT
from services.applications.domain.documentation import Said
from services.applications.features.answer_documentation import answer_documentation
from services.applications.store import applications, handlings
from shared.auth.dependencies import Citizen
from shared.db.idempotency import remember, remembered
from shared.once import TakenOnce
from shared.problems import responses
from shared.web import etag

router = APIRouter(prefix="/applications/v1/applications/{application_id}", tags=["applications"])


@dataclass(frozen=True, slots=True)
class Place:
    """One request for documentation of one application."""

    application_id: UUID
    request_id: UUID


async def _place(application_id: UUID, request_id: UUID) -> Place:
    return Place(application_id, request_id)


AtRequest = Annotated[Place, Depends(_place)]


class AnswerBody(BaseModel):
    """Words, attachments, or both. The files are uploaded first, as attachments of the application."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"text": "Her er uttalelsen.", "attachment_ids": []}}
    )

    text: Answered | None = None
    attachment_ids: Annotated[list[UUID], Field(max_length=MAX_IN_DRAFT)] = []


@router.post(
    "/documentation-requests/{request_id}/answer",
    status_code=201,
    summary="Answer a request for documentation",
    responses=responses(400, 401, 403, 404, 409, 410, 412, 422, 428, 503),
)
async def answer(
    place: AtRequest, body: AnswerBody, caller: Citizen, desk: AtDesk, once: TakenOnce, response: Response
) -> ApplicationView:
    """Sent once, by the one who applied; the authority then has your words and these files. An answer after the last day is taken in too."""
    said = Said(body.text or None, tuple(body.attachment_ids))
    with desk.speech.faults():
        async with desk.database.begin(caller) as tx:
            known = await remembered(tx, once.key)
            application = await applications.find(tx, place.application_id)
            caller.covers(application.child_id, SUBMIT)
            if not known:
                application = await answer_documentation(
                    tx, place.application_id, place.request_id, said, revision=once.version
                )
                await remember(tx, once.key, resource_id=str(place.application_id), etag=etag(application.revision))
            handling = await handlings.of(tx, application)
            await tx.reads(application.child_id, "application")
    return shown(application, caller, SUBMIT, desk, response, handling=handling)
