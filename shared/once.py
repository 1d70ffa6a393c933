"""A step of a case: taken once, and only from the version that the caller has read."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from shared.db.idempotency import IdempotencyKey as Key
from shared.web import IdempotencyKey, IfMatch


@dataclass(frozen=True, slots=True)
class Once:
    """The caller's own key of the request, and the version (or revision) it builds on."""

    key: Key
    version: int


async def _once(key: IdempotencyKey, if_match: IfMatch) -> Once:
    return Once(key, if_match)


TakenOnce = Annotated[Once, Depends(_once)]
