"""What the clients asked for, every answer they got, and every time they got none."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

CREATED_BELOW, SERVER_FAULT, CLEAR_REFUSAL = 300, 500, 503


class Kind(StrEnum):
    """What a client wants done."""

    TELL = "tell"
    DRAFT = "draft"
    FILL = "fill"
    SUBMIT = "submit"
    RECEIVE = "receive"
    DECIDE = "decide"
    COMPLAIN = "complain"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take-back"
    READ = "read"


@dataclass(slots=True)
class Deed:
    """One wish of one client: the same request, sent until somebody answers. A status of None: nobody did, and nobody knows what happened.

    `target`: the aggregate it is about. `value`: what the effect is known by (the number told). `resource`: what the answer named."""

    kind: Kind
    who: str
    child: str
    method: str
    path: str
    target: str = ""
    value: int | None = None
    key: str | None = None
    statuses: list[int | None] = field(default_factory=list)
    resource: str = ""
    version: int | None = None

    @property
    def acknowledged(self) -> bool:
        """The client was told that it is done."""
        return bool(self.statuses) and (self.statuses[-1] or SERVER_FAULT) < CREATED_BELOW

    @property
    def unknown(self) -> bool:
        """Not acknowledged, and yet it may have been done: some attempt had no clear answer."""
        return not self.acknowledged and any(status is None or status >= SERVER_FAULT for status in self.statuses)

    @property
    def service(self) -> str:
        """The service that answers it."""
        return self.path.split("/")[1]


@dataclass(slots=True)
class History:
    """Every deed of every client of a run, in the order in which they were begun."""

    deeds: list[Deed] = field(default_factory=list)

    def begin(self, deed: Deed) -> Deed:
        """Writes down what is about to be asked."""
        self.deeds.append(deed)
        return deed

    def of(self, *kinds: Kind) -> list[Deed]:
        """The deeds of these kinds."""
        return [deed for deed in self.deeds if deed.kind in kinds]

    def acknowledged(self, *kinds: Kind) -> list[Deed]:
        """Those of them that the client was told are done."""
        return [deed for deed in self.of(*kinds) if deed.acknowledged]

    def write(self, file: Path) -> None:
        """For a look afterwards: a line a deed."""
        file.write_text("".join(json.dumps(asdict(deed)) + "\n" for deed in self.deeds))


def as_text(value: Any) -> str:
    """Ids come as UUID from tables and as text from answers."""
    return str(value)
