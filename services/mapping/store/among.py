"""One way to say "is one of these ids", so that a statement is prepared once however many there are."""

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam
from sqlalchemy.sql.elements import KeyedColumnElement


def among(column: KeyedColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column holds one of the ids of the parameter."""
    return column == any_(bindparam(name, type_=ARRAY(Uuid)))
