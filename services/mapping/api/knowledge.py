"""What every endpoint knows from the start: the law, the vocabulary, the words, the organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.mapping.clients.register import Register
from services.mapping.domain.facts import Vocabulary
from services.mapping.domain.law import AccessLaw
from services.mapping.settings import Settings
from services.mapping.store.access_law import access_law
from services.mapping.store.organisations import read_organisations
from services.mapping.store.vocabulary import vocabulary
from services.mapping.store.wording import Wording, wording
from shared.crypto import read_hex_key
from shared.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Read once; a file that cannot be used stops the start."""

    law: AccessLaw
    vocabulary: Vocabulary
    wording: Wording
    organisations: Mapping[str, Text]
    lookup_key: bytes

    @property
    def groups(self) -> frozenset[str]:
        """Every group of facts."""
        return frozenset(fact.group for fact in self.vocabulary.values())

    @classmethod
    def of(cls, settings: Settings) -> "Knowledge":
        """From the service's data files and its settings. Raises BadDataFile, OSError or ValueError."""
        return cls(
            law=access_law(),
            vocabulary=vocabulary(),
            wording=wording(),
            organisations=read_organisations(settings.organisations_file),
            lookup_key=read_hex_key(settings.lookup_key_file),
        )


async def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


async def _register(request: Request) -> Register:
    register: Register = request.app.state.register
    return register


Known = Annotated[Knowledge, Depends(_knowledge)]
PopulationRegister = Annotated[Register, Depends(_register)]
