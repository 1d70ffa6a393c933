"""What an act is called in a sentence: `fvl § 29` is for us, `forvaltningsloven § 29` for people."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from services.status.store.files import DATA, BadDataFile, read

FILE = DATA / "acts.yaml"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    acts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Acts:
    """Every act by the name that `law` uses."""

    names: Mapping[str, str]

    def spelled_out(self, law: str) -> tuple[str, ...]:
        """Each place of a `law` value with its act's full name; none for `none: <reason>`. Raises BadDataFile for an act that is not listed."""
        return () if law.startswith("none:") else tuple(self._place(part) for part in law.split("; "))

    def _place(self, part: str) -> str:
        for mark in (" § ", " kap. "):
            short, found, place = part.partition(mark)
            if found and short in self.names:
                return f"{self.names[short]}{mark}{place}"
        raise BadDataFile(f"{FILE}: no act for {part!r}")


def load() -> Acts:
    """Every act. Raises BadDataFile."""
    return Acts(read(FILE, _File).acts)
