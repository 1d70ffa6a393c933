"""What an evaluation is told: the vocabulary as the schema of a request's body."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler

from services.rights.api.examples import TOLD
from services.rights.api.told_facts import EARLIEST, LATEST, can_be_told
from services.rights.domain.fact import Type
from services.rights.store.facts import FactFile
from services.rights.store.rulebook import rulebook

MOST_FACTS = 1000


class _FactsSchema:
    """The vocabulary as the schema of what is told; the values themselves are checked in `told_facts`, to name each fact that is wrong."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        takes = {each: _schema_of(fact) for each, fact in rulebook().facts.items() if can_be_told(each, fact)}
        return {"type": "object", "additionalProperties": False, "properties": takes}


class ToldBody(BaseModel):
    """The facts of a child, of one guardian, of the two together and of the home, in one. Ages follow from `birth_date` and
    `parent_birth_date`. What stands in neither field was not asked."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": TOLD})

    at: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"})] | None = Field(
        default=None,
        description=f"the day that is asked about, {EARLIEST} to {LATEST}; today in Europe/Oslo when left out",
    )
    facts: Annotated[dict[str, Any], _FactsSchema] = Field(default={}, max_length=MOST_FACTS)
    not_known: list[Annotated[str, Field(max_length=100)]] = Field(
        default=[], max_length=MOST_FACTS, description='asked, and answered "I don\'t know"'
    )


def _schema_of(fact: FactFile) -> dict[str, Any]:
    """The values of a fact, as JSON schema."""
    match fact.type:
        case Type.ENUM:
            said: dict[str, Any] = {"type": "string", "enum": fact.values}
        case Type.SET:
            items = {"type": "string", "enum": fact.values}
            said = {"type": "array", "items": items, "maxItems": len(fact.values), "uniqueItems": True}
        case Type.DATE:
            said = {"type": "string", "format": "date"}
        case Type.INTEGER | Type.NUMBER:
            said = {"type": fact.type.value, "minimum": fact.min, "maximum": fact.max}
        case Type.BOOLEAN:
            said = {"type": "boolean"}
    return {**said, "description": fact.meaning}
