"""What the endpoints work with: the database, mapping and applications, the law, and words for the caller."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.status.api.wording import Speech
from services.status.clients.applications import ApplicationsClient
from services.status.clients.mapping import MappingClient
from services.status.domain.outlook import Law
from services.status.store.acts import Acts
from services.status.store.authorities import Authorities
from services.status.store.complaint_words import ComplaintWords
from services.status.store.wordings import Wordings
from shared.db.transaction import Database
from shared.texts import Lang
from shared.web import Language


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is read at start: the law, our sentences, and the names of authorities and acts."""

    law: Law
    wordings: Wordings
    complaint_words: ComplaintWords
    authorities: Authorities
    acts: Acts

    def speech(self, lang: Lang) -> Speech:
        """Words for a caller in that language."""
        return Speech(lang, self.wordings, self.complaint_words, self.authorities, self.acts)


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's share of what the process holds."""

    database: Database
    mapping: MappingClient
    applications: ApplicationsClient
    law: Law
    authorities: Authorities
    speech: Speech


async def _desk(request: Request, lang: Language) -> Desk:
    state, shelf = request.app.state, cast(Shelf, request.app.state.shelf)
    return Desk(state.database, state.mapping, state.applications, shelf.law, shelf.authorities, shelf.speech(lang))


AtDesk = Annotated[Desk, Depends(_desk)]
