"""The words for each right in other languages and for youth (texts/<right>.yaml). Bokmål stands in the rule file, by hand.

A text that a person has not read says so: its state is `machine`."""

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from services.rights.store.files import Data, DataFault, Place, files_in, read_yaml
from services.rights.store.rights import RightFile
from shared.texts import Lang, Text

State = Literal["machine", "human", "verified"]


class StatedText(Data):
    """One text in one language, and who has read it."""

    text: str = Field(min_length=2)
    state: State


class Translations(Data):
    """A text in the languages that the rule file does not have it in."""

    nn: StatedText | None = None
    en: StatedText | None = None


class YouthText(Data):
    """The right told to someone of 13 to 20."""

    nb: StatedText
    nn: StatedText
    en: StatedText

    @property
    def text(self) -> Text:
        """The words alone."""
        return Text(nb=self.nb.text, nn=self.nn.text, en=self.en.text)


class RightTexts(Data):
    """texts/<right>.yaml. `assess` by the id of the node, or by its path."""

    right: str
    summary: Translations = Translations()
    youth: YouthText
    notes: Translations = Translations()
    transitions: list[Translations] = Field(default=[])
    assess: dict[str, Translations] = Field(default={})

    def assessed(self, node: str, what: str) -> Text:
        """What must be judged at the node, in every language that has it."""
        return in_languages(Text(nb=what), self.assess.get(node, Translations()))


def in_languages(text: Text, added: Translations) -> Text:
    """The text with the languages that are added; what the rule file has by hand stays."""
    nn, en = (stated.text if stated else None for stated in (added.nn, added.en))
    return Text(nb=text.nb, nn=text.nn or nn, en=text.en or en)


def state_of(text: Text, added: Translations, lang: Lang) -> State | Literal["missing"]:
    """Who has read the text in that language; what stands in the rule file was written by hand."""
    if text.has(lang):
        return "human"
    stated = {Lang.NB: None, Lang.NN: added.nn, Lang.EN: added.en}[lang]
    return stated.state if stated else "missing"


def read_right_texts(folder: Place, rights: Mapping[str, RightFile]) -> Mapping[str, RightTexts]:
    """The texts of every right that has a file, by its id, with `assess` by node id. Raises DataFault for what does not fit the right."""
    return {file.stem: _read(file, rights) for file in files_in(folder)}


def _read(file: Place, rights: Mapping[str, RightFile]) -> RightTexts:
    texts = read_yaml(file, RightTexts)
    right = rights.get(texts.right)
    if right is None or texts.right != file.stem:
        raise DataFault(file, "right", f"{texts.right!r} is not the right that the file is named after")
    for path, reason in _faults(texts, right):
        raise DataFault(file, path, reason)
    ids = {path: node.id or path for path, node in right.nodes if node.assess is not None}
    return texts.model_copy(update={"assess": {ids.get(name, name): said for name, said in texts.assess.items()}})


def _faults(texts: RightTexts, right: RightFile) -> Iterator[tuple[str, str]]:
    judged = {name for path, node in right.nodes if node.assess is not None for name in (path, node.id)}
    for name in texts.assess.keys() - judged:
        yield f"assess.{name}", "the right has no such node that must be assessed"
    if len(texts.transitions) not in (0, len(right.transitions)):
        yield "transitions", f"the right has {len(right.transitions)} transitions, the texts {len(texts.transitions)}"
    if right.notes is None and texts.notes != Translations():
        yield "notes", "the right has no notes"
