"""Reading the data that the service ships: a bad file stops the start with file, place and reason."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

DATA = Path(__file__).parents[1] / "data"
Model = TypeVar("Model", bound=BaseModel)


class BadDataFile(Exception):
    """A data file that cannot be used."""


def read(path: Path, model: type[Model]) -> Model:
    """The file as the model. Raises BadDataFile."""
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise BadDataFile(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from fault
    except (OSError, yaml.YAMLError) as fault:
        raise BadDataFile(f"{path}: {fault}") from fault
