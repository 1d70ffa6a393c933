"""Faults of a request as pydantic finds them, told so that people and developers can mend them. Never echoes the input."""

from collections.abc import Sequence
from typing import Any

from shared.domain import FieldFault
from shared.texts import Text

_MISSING = Text(nb="Dette feltet mangler.", nn="Dette feltet manglar.", en="This field is missing.")
_UNKNOWN = Text(
    nb="Dette feltet finnes ikke her.", nn="Dette feltet finst ikkje her.", en="This field does not exist here."
)
_TOO_LONG = Text(
    nb="Dette er for langt eller for mye.", nn="Dette er for langt eller for mykje.", en="This is too long or too much."
)
_OUTSIDE = Text(
    nb="Tallet er utenfor det som er lov.",
    nn="Talet er utanfor det som er lov.",
    en="The number is outside what is allowed.",
)
_WRONG = Text(nb="Dette har feil form.", nn="Dette har feil form.", en="This has the wrong form.")
_BY_CODE = {
    "missing": _MISSING,
    "extra_forbidden": _UNKNOWN,
    "string_too_long": _TOO_LONG,
    "too_long": _TOO_LONG,
    "less_than_equal": _OUTSIDE,
    "greater_than_equal": _OUTSIDE,
    "less_than": _OUTSIDE,
    "greater_than": _OUTSIDE,
}
_MAX_FAULTS = 100


def faults_of(errors: Sequence[Any]) -> tuple[int, tuple[FieldFault, ...]]:
    """(HTTP status, faults): 404 when the path names nothing possible, 400 when headers, parameters or JSON cannot be read, else 422."""
    places = {str(error["loc"][0]) for error in errors}
    unreadable = any(error["type"] == "json_invalid" for error in errors)
    if "path" in places:
        return 404, ()
    status = 422 if places == {"body"} and not unreadable else 400
    return status, tuple(_fault(error) for error in errors[:_MAX_FAULTS])


def _fault(error: Any) -> FieldFault:
    place, *path = error["loc"]
    field = ".".join(str(part) for part in path) or str(place)
    code = str(error["type"])
    if code == "json_invalid":  # its path is the place in the text, not a field
        field = str(place)
    return FieldFault(field, code.replace("_", "-"), str(error["msg"]), _BY_CODE.get(code, _WRONG))
