"""What an endpoint works with: the database, what is known from the start, and the caller's language."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from services.mapping.api.knowledge import Knowledge, Known
from shared.db.transaction import Database
from shared.texts import Lang
from shared.web import Db, Language


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's tools."""

    database: Database
    knowledge: Knowledge
    language: Lang


async def _desk(database: Db, knowledge: Known, language: Language) -> Desk:
    return Desk(database, knowledge, language)


AtDesk = Annotated[Desk, Depends(_desk)]
