"""Which rights a child may have, and the one who asks: worked out now, for today in Oslo."""

from uuid import UUID

from services.rights.domain.answer import answer, in_order
from services.rights.domain.answers import Answers, Reader
from services.rights.domain.told import situation_on
from services.rights.store import assessments
from services.rights.store.rulebook import rulebook
from shared.db.transaction import Transaction


async def answer_child(tx: Transaction, child: UUID, reader: Reader) -> Answers:
    """Every right answered "as you are": with the child's facts that the reader may see and the reader's own, never another guardian's.

    The read is logged. Before the first profile has arrived nothing is known: every answer then says what is missing.
    """
    await tx.reads(child, "rights")
    book = rulebook()
    found = await assessments.of_child(tx, child, applicant=reader.applicant)
    situation = situation_on(book, reader.told(found, book.vocabulary, tx.today()), tx.today())
    rules = [rule for rule in book.rules_on(tx.today()).values() if reader.is_shown(rule)]
    return Answers(
        child_id=child,
        on=situation.on,
        situation=situation,
        profile_version=min((each.profile_version for each in found), default=0),
        as_of=min((each.as_of for each in found), default=None),
        told=reader.has_been_told(found, book.vocabulary),
        conflicts=frozenset(fact for each in found for fact in each.statements.conflicts),
        answers=tuple(in_order(answer(rule, situation, book.vocabulary) for rule in rules)),
    )
