"""What the endpoints work with: the database, the law, and words for the caller."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.status.api.wording import Speech
from services.status.domain.outlook import Law
from services.status.store.authorities import Authorities
from services.status.store.wordings import Wordings
from shared.db.transaction import Database
from shared.web import Language


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is read at start: the law, our sentences, and the names of authorities."""

    law: Law
    wordings: Wordings
    authorities: Authorities


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's share of what the process holds."""

    database: Database
    law: Law
    speech: Speech


async def _desk(request: Request, lang: Language) -> Desk:
    shelf: Shelf = request.app.state.shelf
    return Desk(request.app.state.database, shelf.law, Speech(lang, shelf.wordings, shelf.authorities))


AtDesk = Annotated[Desk, Depends(_desk)]
