"""Reads from the services in the caller's name, as the same requests through the door would."""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from gateway.edge.inside import Inside
from gateway.edge.profiles import Caller
from gateway.edge.routes import ROUTES, Route
from shared import logging
from shared.domain import Unavailable
from shared.texts import Lang

Said = TypeVar("Said", bound=BaseModel)
_log = logging.get("overview")


def route_of(method: str, template: str) -> Route:
    """The table's route. Raises StopIteration when it is not there, which no start survives."""
    return next(route for route in ROUTES if (route.method, route.template) == (method, template))


class Sources:
    """The services for one caller and one language."""

    def __init__(self, inside: Inside, caller: Caller, lang: Lang, request_id: UUID) -> None:
        self._inside, self._caller, self._lang, self._request_id = inside, caller, lang, request_id

    async def token(self, route: Route) -> str:
        """A token for the route's service, with all that the caller may touch there; decided now. Raises NotFound or Unavailable."""
        return (await self._inside.exchange.passage(self._caller, route, None)).token

    async def read(
        self, route: Route, token: str, shape: type[Said], values: Mapping[str, str], query: str = ""
    ) -> Said:
        """The service's answer in that shape. Raises NotFound or Unavailable."""
        headers = {
            "Accept": "application/json",
            "Accept-Language": self._lang.value,
            "Authorization": "Bearer " + token,
            "X-Request-Id": str(self._request_id),
        }
        content = await self._inside.proxy.fetch(route, route.path(values) + query, headers)
        try:
            return shape.model_validate_json(content)
        except ValidationError as fault:
            _log.error("a service's answer has another shape", peer=route.service, fault_count=fault.error_count())
            raise Unavailable(route.service) from fault
