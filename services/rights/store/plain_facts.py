"""Sentences for what nobody was asked: the registers, the calendar, the case."""

from collections.abc import Mapping, Set

from pydantic import RootModel

from services.rights.domain.tree import Value
from services.rights.store.files import DATA, Data, DataFault, Place, read_yaml
from shared.texts import Text


class PlainFact(Data):
    """One fact's sentences: for yes and no, or with its value in; `youth` where the young person itself reads."""

    yes_: Text | None = None
    no_: Text | None = None
    value: Text | None = None
    youth: Text | None = None
    youth_no: Text | None = None

    def of(self, value: Value, *, to_youth: bool) -> Text | None:
        """The sentence for that value."""
        if value is False:
            return self.youth_no if to_youth and self.youth_no else self.no_
        if to_youth and self.youth:
            return self.youth
        return self.yes_ if value is True else self.value


class _File(RootModel[dict[str, PlainFact]]):
    """plain_facts.yaml."""


def read_plain_facts(file: Place = DATA / "plain_facts.yaml", *, facts: Set[str]) -> Mapping[str, PlainFact]:
    """The sentences by fact. Raises DataFault."""
    found = read_yaml(file, _File).root
    if unknown := found.keys() - facts:
        raise DataFault(file, sorted(unknown)[0], "no such fact")
    return found
