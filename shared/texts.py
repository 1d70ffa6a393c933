"""Words for people in Bokmål, Nynorsk and English."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Lang(StrEnum):
    """The languages that people can be answered in."""

    NB = "nb"
    NN = "nn"
    EN = "en"


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
