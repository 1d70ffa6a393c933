"""What each right states about its time limits, and its name: from the carried-over copy."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.status.domain.deadline import DeadlineKind, Stated
from services.status.domain.outlook import Right
from services.status.store.files import DATA, read
from shared.texts import Text

FILE = DATA / "rights.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Answer(_Strict):
    deadline: str | None = None
    preliminary: str | None = None


class _Complaint(_Strict):
    deadline: str | None = None
    body: str | None = None


class _Right(_Strict):
    name: Text
    authority: str
    judged_for: Literal["child", "guardian"]
    answer: _Answer | None = None
    complaint: _Complaint | None = None


class _File(_Strict):
    rights: dict[str, _Right]


def load() -> dict[str, Right]:
    """Every right by id. Raises BadDataFile."""
    return {
        right_id: Right(
            right_id,
            found.name.model_dump(exclude_none=True),
            _stated(found),
            complaint_body=found.complaint.body if found.complaint else None,
            judged_for_child=found.judged_for == "child",
        )
        for right_id, found in read(FILE, _File).rights.items()
    }


def _stated(found: _Right) -> dict[DeadlineKind, Stated]:
    """Null says that there is none; a key that is not there says nothing."""
    places = (
        (DeadlineKind.ANSWER, found.answer, "deadline"),
        (DeadlineKind.PRELIMINARY_ANSWER, found.answer, "preliminary"),
        (DeadlineKind.COMPLAINT, found.complaint, "deadline"),
    )
    return {
        kind: Stated(getattr(part, key))
        for kind, part, key in places
        if part is not None and key in part.model_fields_set
    }
