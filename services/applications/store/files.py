"""Reading the data files that the service ships: a bad one stops the start, named with its reason."""

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

DATA = Path(__file__).parents[1] / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Model = TypeVar("Model", bound=BaseModel)


class BadDataFile(Exception):
    """A data file that cannot be used; the message names file, path and reason."""


def read(path: Path, model: type[Model]) -> Model:
    """The file as the model. Raises BadDataFile."""
    try:
        return model.model_validate(_parsed(path))
    except ValidationError as fault:
        first = fault.errors()[0]
        raise BadDataFile(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from fault


@cache
def _parsed(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader, in C where there is one
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise BadDataFile(f"{path}: {fault}") from fault
