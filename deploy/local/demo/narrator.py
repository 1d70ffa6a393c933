"""Tells each step in plain words, with the request behind it, and stops the story where what was promised is absent."""

import json
import sys
import textwrap
from collections.abc import Iterable
from typing import Any

_WIDTH = 110


class StoryBroken(Exception):
    """What the story promised did not happen; the text says what."""


class Narrator:
    """Prints the story to standard output, numbering its steps."""

    def __init__(self) -> None:
        self._step = 0

    def chapter(self, title: str) -> None:
        """A new part of the story."""
        self._print(f"\n━━ {title} " + "━" * max(0, _WIDTH - len(title) - 4))

    def step(self, sentence: str) -> None:
        """What happens now, in plain words."""
        self._step += 1
        self._print(f"\n{self._step:>2}. " + textwrap.fill(sentence, _WIDTH, subsequent_indent="    "))

    def request(self, method: str, path: str, status: int, *, sent: Any = None) -> None:
        """The request behind the step."""
        body = f"  {_short(sent)}" if sent is not None else ""
        self._print(f"    → {method} {path}  {status}{body}")

    def says(self, *lines: str) -> None:
        """What came of it."""
        for line in lines:
            self._print(textwrap.fill(line, _WIDTH, initial_indent="      ", subsequent_indent="        "))

    def drawing(self, lines: Iterable[str]) -> None:
        """Lines that are not wrapped."""
        for line in lines:
            self._print("      " + line)

    @staticmethod
    def _print(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _short(sent: Any) -> str:
    text = json.dumps(sent, ensure_ascii=False)
    return text if len(text) <= _WIDTH - 30 else text[: _WIDTH - 33] + "…"


def expect(holds: object, what: str) -> None:
    """Stops the story when something promised is absent."""
    if not holds:
        raise StoryBroken(what)
