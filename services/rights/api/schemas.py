"""The JSON schema of `because`, for whoever reads it with a program."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Response

from services.rights.api.because import SCHEMA, BecauseView
from shared.auth.dependencies import Anyone
from shared.conditional import PUBLIC, IfNoneMatch, Kept, conditional, kept_responses
from shared.web import Language

router = APIRouter(prefix="/rights/v1/schemas", tags=["rights"])
VERSION = "1"


@router.get(
    "/because",
    summary="The JSON schema of an explanation",
    response_model=dict[str, Any],
    responses={
        **kept_responses(400),
        200: {**kept_responses()[200], "content": {"application/json": {"example": {"type": "object"}}}},
    },
)
async def read_schema(caller: Anyone, lang: Language, if_none_match: IfNoneMatch = None) -> Response:
    """JSON Schema 2020-12 of `because` in evaluations and in one right of a child. `$id` carries its version; a change that breaks gets a new one."""
    return conditional(_kept(), lang, if_none_match, cache=PUBLIC)


@cache
def _kept() -> Kept:
    return Kept.of_data(schema())


@cache
def schema() -> dict[str, Any]:
    """The schema, made from the view that is answered."""
    made = BecauseView.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{SCHEMA}?version={VERSION}", **made}
