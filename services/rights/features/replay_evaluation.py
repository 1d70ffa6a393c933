"""An evaluation done again: by the rules of then, for the day of then, with what was known then."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.rights.domain.answers import Reader
from services.rights.domain.assessment import Ahead, judged, told_by
from services.rights.domain.errors import UnknownEvaluation
from services.rights.domain.evaluation import Evaluation, canonical
from services.rights.store import evaluations, packs
from shared.dates import oslo_day
from shared.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Replayed:
    """The evaluation and the bytes that come out now. `answers`: None when the rules of then cannot be read any more. `is_same`: the bytes
    are those of then."""

    evaluation: Evaluation
    answers: Any
    is_same: bool


async def replay_evaluation(tx: Transaction, child: UUID, evaluation: UUID, reader: Reader) -> Replayed:
    """The read is logged. Raises UnknownEvaluation: not there, not the reader's, or made of more than is open to the reader."""
    await tx.reads(child, "rights")
    found = await evaluations.one_of_child(tx, child, evaluation, applicant=reader.applicant)
    if found is None or reader.groups is not None:
        raise UnknownEvaluation
    book = await packs.book_of(tx, found.pack)
    if book is None:
        return Replayed(found, None, is_same=False)
    told = told_by(await evaluations.statements_of(tx, found, book), oslo_day(found.as_of))
    ahead = Ahead(timedelta(), timedelta())
    again = judged(book, told, of_guardian=found.applicant_id is not None, on=found.law_on, ahead=ahead)
    answered = canonical(again.judgements)
    return Replayed(found, json.loads(answered), is_same=found.is_reproduced_by(answered))
