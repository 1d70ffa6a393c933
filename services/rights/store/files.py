"""Reading the data files that the service ships, or a pack of them that was kept. A bad file stops the start, with file, path and reason."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

DATA = Path(__file__).parents[1] / "data"
RULES = "rules"
RIGHT_TEXTS = "texts"
DECIDES = ("rates.yaml", "facts.yaml", "derived.yaml", "lasting.yaml")
"""What an outcome rests on, beside the rules."""
WORDS = ("organisations.yaml", "law.yaml", "forms.yaml", "texts.yaml", "plain_facts.yaml")
"""What a rulebook is explained with: words, names and addresses."""
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Packed:
    """Data files that were kept (in a database, say), or one of them: `files` by their paths, and the path that is meant."""

    files: Mapping[str, bytes]
    path: PurePosixPath = field(default_factory=PurePosixPath)

    def __truediv__(self, name: str) -> "Packed":
        return Packed(self.files, self.path / name)

    def __str__(self) -> str:
        return str(self.path)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    def read_bytes(self) -> bytes:
        """The file. Raises FileNotFoundError."""
        if str(self) not in self.files:
            raise FileNotFoundError(str(self))
        return self.files[str(self)]

    def glob(self, pattern: str) -> Iterator["Packed"]:
        """The files right below that are named so."""
        found = (PurePosixPath(name) for name in self.files)
        return (Packed(self.files, path) for path in found if path.parent == self.path and path.match(pattern))


Place = Path | Packed
"""Where data files are: in a folder, or packed."""


class DataFault(Exception):
    """A data file that cannot be used; `more`: what else is wrong with files of its kind."""

    def __init__(self, file: Place, path: str, reason: str, more: "tuple[DataFault, ...]" = ()) -> None:
        super().__init__(f"{file}: {path or 'the whole file'}: {reason}")
        self.file, self.path, self.reason, self.more = file, path, reason, more


class Data(BaseModel):
    """What a data file holds: the fields named and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Loader(_SAFE):  # type: ignore[misc]  # in C where there is one
    """A safe loader that knows no second entry of the same name: whoever wrote it meant another, or meant to change the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        names = [name.value for name, _ in node.value]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def files_in(folder: Place) -> list[Place]:
    """The data files right below, by name."""
    found: list[Place] = [*folder.glob("*.yaml")]
    return sorted(found, key=lambda file: file.stem)


def packed(folder: Place = DATA) -> Packed:
    """Everything that a rulebook is read from, to be kept: the same rulebook can be read from it again."""
    below = [(name, file) for name in (RULES, RIGHT_TEXTS) for file in files_in(folder / name)]
    found = {f"{name}/{file.stem}.yaml": file.read_bytes() for name, file in below}
    return Packed(found | {name: (folder / name).read_bytes() for name in (*DECIDES, *WORDS)})


def digest_of(place: Place) -> str:
    """What tells the data that decides from every other: the sha256 of its files, by name."""
    whole = hashlib.sha256()
    for file in (*files_in(place / RULES), *(place / name for name in DECIDES)):
        whole.update(f"{file.stem}:{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def read_yaml(file: Place, model: type[Model]) -> Model:
    """The file as the model says. Raises DataFault."""
    try:
        found = _read(file.read_bytes(), model)
    except (OSError, yaml.YAMLError) as fault:
        raise DataFault(file, "", str(fault)) from fault
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise DataFault(file, ".".join(str(part) for part in first["loc"]), first["msg"]) from fault
    return cast(Model, found)


@lru_cache(maxsize=512)
def _read(content: bytes, model: type[BaseModel]) -> BaseModel:
    """Read once: a pack, or a proposed rule among ours, mostly holds the very files that were read before. What is read is never changed."""
    return model.model_validate(yaml.load(content, Loader=_Loader))  # noqa: S506  # a safe loader
