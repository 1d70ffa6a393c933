"""The acts that rules refer to, by their short names. A generated copy of the catalog's file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, Field

from services.rights.domain.confidence import Confidence
from services.rights.store.files import DATA, Data, Place, read_yaml

_LETTER = r"[a-zæøå](?![a-zæøå])"
_LETTERS = rf"{_LETTER}(?:, {_LETTER})*(?: (?:og|til) {_LETTER})?"
_NUMBERS = r"\d+(?:, \d+)*(?: (?:og|til) \d+)?"
_ORDINAL = "(?:første|andre|tredje|fjerde|femte|sjette|sjuende|åttende|niende|tiende|ellevte|tolvte|siste)"
_ORDINALS = f"{_ORDINAL}(?:, {_ORDINAL})*(?: (?:og|til) {_ORDINAL})?"
_PART = rf"(?:{_ORDINALS} (?:ledd|punktum|strekpunkt)|bokstav {_LETTERS}|nr\. {_NUMBERS})"
_SECTION = rf"§ (?P<section>\d+[A-Z]?(?:-\d+)?(?: {_LETTER})?)(?P<parts>(?: {_PART})*)"
_REFERENCE = re.compile(rf"(?P<short>[^§;]+?) (?P<place>{_SECTION}|kap\. (?P<chapter>\d+[A-Z]?))")
_LEDD = re.compile(rf"({_ORDINALS}) ledd")
_BOKSTAV = re.compile(rf"bokstav ({_LETTERS})")
_NO_LAW = "none:"


class CopyFile(Data):
    """A stored copy that was read, and the day it is from."""

    model_config = ConfigDict(extra="ignore")

    as_of: date | str


class ActFile(Data):
    """One act: its names, where it is published, and which of its sections were read in which copies."""

    short: str
    name: str
    ref: str
    url: str
    also_written: list[str] = Field(default=[])
    sections: dict[str, list[str]]
    copies: list[CopyFile]
    read_elsewhere: list[dict[str, Any]] = Field(default=[])
    changes: list[dict[str, Any]]
    used_by: int


class LawsFile(Data):
    """law.yaml."""

    meta: dict[str, Any]
    acts: list[ActFile]


class Read(StrEnum):
    """Whether the text of a section was read."""

    READ = "read"
    PARTLY = "partly"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class LawReference:
    """One place in one act; `act` and `url` are None when no law applies, and then `place` says why.

    `section`: § without the sign, or None of a whole chapter. `paragraph` (ledd) and `letter` (bokstav) as the reference has them.
    `was_read`, `as_of`: whether the section was read, and the day of the oldest copy of the act that was read (a month, where no more is
    known): what came after that day may not have been seen.
    """

    place: str
    act: str | None
    url: str | None
    short: str | None = None
    section: str | None = None
    chapter: str | None = None
    paragraph: str | None = None
    letter: str | None = None
    was_read: Read = Read.NOT_READ
    as_of: date | str | None = None

    @property
    def confidence(self) -> Confidence:
        """How sure it is that the place says what the rule says: as sure as its text was read."""
        return {Read.READ: Confidence.SOURCED, Read.PARTLY: Confidence.UNCERTAIN}.get(self.was_read, Confidence.MEMORY)


def read_laws(file: Place = DATA / "law.yaml") -> Mapping[str, ActFile]:
    """Every act by its short name. Raises DataFault."""
    return {act.short: act for act in read_yaml(file, LawsFile).acts}


def references(law: str, acts: Mapping[str, ActFile]) -> tuple[LawReference, ...]:
    """The places that a `law` value names. Raises ValueError for one that does not parse or an act that is not listed."""
    if law.startswith(_NO_LAW):
        if not (reason := law.removeprefix(_NO_LAW).strip()):
            raise ValueError("no law, and no reason why")
        return (LawReference(reason, None, None),)
    return tuple(_reference(part, acts) for part in law.split("; "))


def _reference(part: str, acts: Mapping[str, ActFile]) -> LawReference:
    match = _REFERENCE.fullmatch(part)
    act = acts.get(match["short"]) if match else None
    if match is None or act is None:
        raise ValueError(f"no act for the law reference {part!r}")
    was_read = _was_read(act, match["section"])
    parts = match["parts"] or ""
    return LawReference(
        place=match["place"],
        act=act.name,
        url=act.url,
        short=act.short,
        section=match["section"],
        chapter=match["chapter"],
        paragraph=_first(_LEDD, parts),
        letter=_first(_BOKSTAV, parts),
        was_read=was_read,
        as_of=min((copy.as_of for copy in act.copies), key=str, default=None)
        if was_read is not Read.NOT_READ
        else None,
    )


def _was_read(act: ActFile, section: str | None) -> Read:
    """Of a chapter no list says so."""
    for read in (Read.READ, Read.PARTLY):
        if section is not None and f"§ {section}" in act.sections.get(read.value, []):
            return read
    return Read.NOT_READ


def _first(pattern: re.Pattern[str], parts: str) -> str | None:
    match = pattern.search(parts)
    return match[1] if match else None
