"""Attachments: take in, list, hand out, take off. The body of an upload is the file itself."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from services.applications.api.attachment_view import EXAMPLE, AttachmentView, attachment_view
from services.applications.api.desk import AtDesk, Desk
from services.applications.api.reading import READ, WRITE, as_reader, viewer
from services.applications.api.upload import Upload, disposition, take_in, upload
from services.applications.domain.application import Application, Status
from services.applications.domain.attachment import MAX_COUNT, SUFFIXES, Attachment
from services.applications.domain.form import Form, JudgedFor
from services.applications.domain.viewer import Viewer
from services.applications.features.add_attachment import add_attachment
from services.applications.features.remove_attachment import remove_attachment
from services.applications.store import applications, attachments
from shared.auth.dependencies import Citizen, CitizenOrMachine
from shared.auth.principals import Principal
from shared.conditional import IfNoneMatch, Kept, conditional, is_known, kept_responses
from shared.db.idempotency import IdempotencyKey, remember, remembered
from shared.db.transaction import Transaction
from shared.domain import DomainError, FieldFault, InvalidInput, NotFound, Unavailable
from shared.problems import responses
from shared.web import IfMatch, etag

router = APIRouter(prefix="/applications/v1/applications/{application_id}/attachments", tags=["attachments"])
_FILE = {
    media_type: {"schema": {"type": "string", "format": "binary"}, "example": "the bytes of the file"}
    for media_type in SUFFIXES
}
_UPLOAD = {"requestBody": {"required": True, "description": "the file itself, 10 MiB at most", "content": _FILE}}
_KEPT = kept_responses(401, 403, 404, 410, 503)
_DOWNLOAD: dict[str, Any] = {"description": "the file", "content": _FILE}
_SAFE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "ETag": etag(1),
}
Incoming = Annotated[Upload, Depends(upload)]


class AttachmentList(BaseModel):
    """Every attachment of one application, oldest first; never more than one page holds."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [EXAMPLE]}})

    items: list[AttachmentView] = Field(max_length=MAX_COUNT)


@router.post(
    "",
    status_code=201,
    summary="Attach a file",
    openapi_extra=_UPLOAD,
    responses=responses(400, 401, 403, 404, 409, 413, 422, 503),
)
async def attach(
    application_id: UUID, request: Request, caller: Citizen, desk: AtDesk, incoming: Incoming, response: Response
) -> AttachmentView:
    """To a draft, or while documentation is asked for. PDF, JPEG, PNG or HEIC, told by the content. Sealed as it comes in, and kept outside the
    database. The application gets a new ETag. The authority sees it when you send the application, or your answer."""
    async with desk.database.begin(caller) as tx:
        draft = await applications.find(tx, application_id)
        caller.covers(draft.child_id, WRITE)
        new, at = tx.new_id(), tx.at
        await tx.reads(draft.child_id, "attachments")
    draft.require_applicant(caller.person)
    if incoming.documentation or draft.status is Status.DRAFT:
        with desk.speech.faults():
            _require_asked_for(desk.form_of(draft), incoming.documentation)
    attachment = await take_in(desk.files, draft, incoming, request.stream(), new=new, at=at)
    kept = await _keep(desk, caller, attachment, incoming.idempotency(request, attachment.sha256))
    response.headers["Location"] = f"{request.url.path}/{kept.id}"
    return attachment_view(kept)


@router.get(
    "",
    summary="Attachments",
    response_model=AttachmentList,
    responses=kept_responses(401, 403, 404, 410, 503, versioned=True),
)
async def list_attachments(
    application_id: UUID, caller: CitizenOrMachine, desk: AtDesk, if_none_match: IfNoneMatch = None
) -> Response:
    """What is attached. The ETag begins with the application's version, so it serves as If-Match for the application."""
    async with desk.database.begin(caller) as tx:
        application = await applications.find(tx, application_id)
        seen = _sees_files(application, viewer(application, caller, READ), desk)
        found = await attachments.of(tx, application_id) if seen else []
        await as_reader(tx, application).reads(application.child_id, "attachments")
    view = AttachmentList(items=[attachment_view(each) for each in found])
    return conditional(Kept.of(view, version=application.revision), desk.speech.lang, if_none_match)


@router.get(
    "/{attachment_id}",
    summary="Download",
    response_class=StreamingResponse,
    responses={**_KEPT, 200: {**_KEPT[200], **_DOWNLOAD}},
)
async def download(
    application_id: UUID,
    attachment_id: UUID,
    caller: CitizenOrMachine,
    desk: AtDesk,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The file as it was attached: for the family, and for the authority it was sent to. It never changes."""
    async with desk.database.begin(caller) as tx:
        application = await applications.find(tx, application_id)
        if not _sees_files(application, viewer(application, caller, READ), desk):
            raise NotFound
        found = await attachments.find(tx, application_id, attachment_id)
        await as_reader(tx, application).reads(application.child_id, "attachment")
    if is_known(_SAFE["ETag"], if_none_match):
        return Response(status_code=304, headers=_SAFE)
    content = desk.files.read(found.child_id, found.id)
    first = await anext(content)
    headers = {**_SAFE, "Content-Disposition": disposition(found.file_name), "Content-Length": str(found.size)}
    return StreamingResponse(_rest(first, content), media_type=found.media_type, headers=headers)


@router.delete(
    "/{attachment_id}", status_code=204, summary="Take off", responses=responses(400, 401, 403, 404, 409, 412, 428, 503)
)
async def take_off(
    application_id: UUID, attachment_id: UUID, caller: Citizen, desk: AtDesk, if_match: IfMatch
) -> Response:
    """Removes an attachment that is not sent yet. If-Match is the application's ETag; the answer carries its new one."""
    async with desk.database.begin(caller) as tx:
        draft = await applications.find(tx, application_id)
        caller.covers(draft.child_id, WRITE)
        changed = await remove_attachment(tx, application_id, attachment_id, revision=if_match)
        await tx.reads(draft.child_id, "attachments")
    await desk.files.remove(attachment_id)
    return Response(status_code=204, headers={"ETag": etag(changed.revision)})


async def _keep(desk: Desk, caller: Principal, attachment: Attachment, key: IdempotencyKey) -> Attachment:
    """The row of the file, or of the one that the same request made before. A file that no row can own goes; one that may have a row stays for the sweep."""
    try:
        async with desk.database.begin(caller) as tx:
            kept = await _once(tx, attachment, key)
    except Unavailable:
        raise
    except DomainError:
        await desk.files.remove(attachment.id)
        raise
    if kept.id != attachment.id:
        await desk.files.remove(attachment.id)
    return kept


async def _once(tx: Transaction, attachment: Attachment, key: IdempotencyKey) -> Attachment:
    known = await remembered(tx, key)
    if known:
        return await attachments.find(tx, attachment.application_id, UUID(known.resource_id))
    await add_attachment(tx, attachment)
    await remember(tx, key, resource_id=str(attachment.id), etag=etag(1))
    return attachment


def _require_asked_for(form: Form, documentation: str | None) -> None:
    if documentation and not form.asks_for(documentation):
        raise InvalidInput(
            FieldFault("documentation", "not-in-form", "the id of a documentation of the form, or nothing")
        )


def _sees_files(application: Application, reader: Viewer, desk: Desk) -> bool:
    form = desk.shelf.forms.get(application.form_id)
    return reader.sees_own_words(form.judged_for if form else JudgedFor.GUARDIAN)


async def _rest(first: bytes, content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in content:
        yield piece
