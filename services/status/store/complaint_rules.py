"""Which time limits run in a complaint, from `data/complaints.yaml`."""

from pydantic import BaseModel, ConfigDict

from services.status.domain.outlook import AppealRule, ComplaintRules, Since
from services.status.store.files import DATA, read


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Appeal(_Strict):
    deadline: str
    since: Since
    only_after: frozenset[str] | None = None


class _File(_Strict):
    right: str
    appeal: tuple[_Appeal, ...]
    latest: str
    within: dict[str, str]


def load() -> ComplaintRules:
    """The rules. Raises BadDataFile."""
    found = read(DATA / "complaints.yaml", _File)
    appeal = tuple(AppealRule(each.deadline, each.since, each.only_after) for each in found.appeal)
    return ComplaintRules(found.right, appeal, found.latest, found.within)
