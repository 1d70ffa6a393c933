"""Reading the data files that the service ships. A bad file stops the start, with file, path and reason."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

DATA = Path(__file__).parents[1] / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound=BaseModel)


class DataFault(Exception):
    """A data file that cannot be used."""

    def __init__(self, file: Path, path: str, reason: str) -> None:
        super().__init__(f"{file}: {path or 'the whole file'}: {reason}")
        self.file, self.path, self.reason = file, path, reason


class Data(BaseModel):
    """What a data file holds: the fields named and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_yaml(file: Path, model: type[Model]) -> Model:
    """The file as the model says. Raises DataFault."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader, in C where there is one
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise DataFault(file, "", str(fault)) from fault
    try:
        return model.model_validate(content)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise DataFault(file, ".".join(str(part) for part in first["loc"]), first["msg"]) from fault
