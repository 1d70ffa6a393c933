"""Data that one service owns and others keep a copy of, byte for byte. `make contracts` writes the copies."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.contracts.stored import ROOT

# The path below data/ (a folder with its files), the owner, and who keeps a copy.
OWNED = (
    ("facts.yaml", "mapping", ("rights", "applications")),
    ("rules", "rights", ("catalog",)),
    ("rates.yaml", "rights", ("catalog",)),
    ("organisations.yaml", "catalog", ("rights",)),
    ("law.yaml", "catalog", ("rights",)),
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One file at its owner and its copy; either may be absent."""

    owned: Path
    copy: Path

    @property
    def is_as_owned(self) -> bool:
        """Byte for byte; a copy of what the owner no longer has is not."""
        return self.owned.is_file() and self.copy.is_file() and self.owned.read_bytes() == self.copy.read_bytes()

    def renew(self) -> None:
        """Writes the copy, or takes it away when the owner's file is gone."""
        if self.owned.is_file():
            self.copy.parent.mkdir(parents=True, exist_ok=True)
            self.copy.write_bytes(self.owned.read_bytes())
        else:
            self.copy.unlink()


def copies(root: Path = ROOT) -> list[Copy]:
    """Every copy that there is or should be."""
    return [
        Copy(owned / name, copy / name)
        for path, owner, keepers in OWNED
        for owned in [_data(root, owner) / path]
        for copy in (_data(root, keeper) / path for keeper in keepers)
        for name in sorted({*_names(owned), *_names(copy)})
    ]


def _data(root: Path, service: str) -> Path:
    return root / "services" / service / "data"


def _names(path: Path) -> Iterator[str]:
    """Of a folder the names of its files; a file is its own."""
    return (file.name for file in path.glob("*.yaml")) if path.is_dir() else iter([""])
