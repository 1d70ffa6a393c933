"""Words for people in Bokmål, Nynorsk and English."""

from enum import StrEnum
from functools import lru_cache

from pydantic import BaseModel, ConfigDict


class Lang(StrEnum):
    """The languages that people can be answered in."""

    NB = "nb"
    NN = "nn"
    EN = "en"


_KNOWN = {"nb": Lang.NB, "no": Lang.NB, "nn": Lang.NN, "en": Lang.EN}
_LONGEST = 200


@lru_cache(maxsize=1024)
def parse_language(header: str | None) -> Lang:
    """The one of our languages that an Accept-Language wants most (RFC 9110 § 12.5.4); Bokmål where it wants none of them."""
    best, weight = Lang.NB, 0.0
    for part in (header or "")[:_LONGEST].lower().split(","):
        tag, _, parameter = part.partition(";")
        lang = _KNOWN.get(tag.strip().partition("-")[0])
        wanted = _weight(parameter)
        if lang and wanted > weight:
            best, weight = lang, wanted
    return best


def _weight(parameter: str) -> float:
    """1 where nothing is said; 0, not wanted, where it cannot be read."""
    name, _, value = parameter.replace(" ", "").partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name == "q" else 0.0
    except ValueError:
        return 0.0


class Text(BaseModel):
    """One text in up to three languages; Bokmål is always there."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"example": {"nb": "Hjelpestønad", "nn": "Hjelpestønad", "en": "Attendance benefit"}},
    )

    nb: str
    nn: str | None = None
    en: str | None = None

    def in_(self, lang: Lang) -> str:
        """The text in that language, or in Bokmål where it is missing."""
        return {Lang.NB: self.nb, Lang.NN: self.nn, Lang.EN: self.en}[lang] or self.nb

    def has(self, lang: Lang) -> bool:
        """Whether the text exists in that language."""
        return bool({Lang.NB: self.nb, Lang.NN: self.nn, Lang.EN: self.en}[lang])
