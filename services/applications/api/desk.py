"""What the endpoints work with: the database, mapping, the files of attachments, the data files and words for the caller."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.applications.api.wording import Speech
from services.applications.clients.mapping import MappingClient
from services.applications.domain.application import Application
from services.applications.domain.authority import Organisation
from services.applications.domain.complaint_law import ComplaintLaw
from services.applications.domain.errors import FormRetired
from services.applications.domain.form import Form
from services.applications.store.attachment_files import AttachmentFiles
from services.applications.store.wordings import Wordings
from shared.db.transaction import Database
from shared.domain import NotFound
from shared.web import Language


@dataclass(frozen=True, slots=True)
class Shelf:
    """The data files, read at start."""

    forms: dict[str, Form]
    wordings: Wordings
    organisations: tuple[Organisation, ...]
    law: ComplaintLaw

    def form(self, form_id: str) -> Form:
        """The form in its newest version. Raises NotFound."""
        if form_id not in self.forms:
            raise NotFound
        return self.forms[form_id]


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's share of what the process holds."""

    database: Database
    mapping: MappingClient
    files: AttachmentFiles
    shelf: Shelf
    speech: Speech

    def form_of(self, application: Application) -> Form:
        """The form that a draft follows, in its newest version. Raises FormRetired."""
        form = self.shelf.forms.get(application.form_id)
        if form is None:
            raise FormRetired(application.form_id)
        return form

    def authority_of(self, application: Application) -> str:
        """Which kind of authority decides it."""
        if application.address:
            return application.address.kind
        form = self.shelf.forms.get(application.form_id)
        return form.authority if form else "other"


async def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


async def _speech(shelf: Annotated[Shelf, Depends(_shelf)], lang: Language) -> Speech:
    return Speech(lang, shelf.wordings, shelf.organisations, shelf.law.bodies)


Shelved = Annotated[Shelf, Depends(_shelf)]
Speaking = Annotated[Speech, Depends(_speech)]


async def _desk(request: Request, shelf: Shelved, speech: Speaking) -> Desk:
    state = request.app.state
    return Desk(state.database, state.mapping, state.attachment_files, shelf, speech)


AtDesk = Annotated[Desk, Depends(_desk)]
