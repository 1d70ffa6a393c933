"""A municipality ends a rule that it has published."""

from datetime import date
from uuid import UUID

from services.rights.domain.local_rule import LocalRule, end
from services.rights.store import local_rules
from shared.db.transaction import Transaction
from shared.domain import FieldFault, InvalidInput, StaleVersion
from shared.events.rights import LocalRuleEnded


async def end_rule(tx: Transaction, rule_id: UUID, *, on: date, version: int) -> LocalRule:
    """The rule, no longer in force from that day. Raises NotFound, StaleVersion, RuleNotPublished, or
    InvalidInput for a day that has passed."""
    if on < tx.today():
        raise InvalidInput(FieldFault("on", "in-the-past", f"{tx.today()} or later", got=str(on)))
    published = await local_rules.own(tx, rule_id, lock=True)
    if published.version != version:
        raise StaleVersion(version, published.version)
    ended = end(published, on=on)
    await local_rules.settle(tx, ended)
    await tx.emit(LocalRuleEnded(local_rule_id=ended.id, version=ended.version), version=ended.version)
    return ended
