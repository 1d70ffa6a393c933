"""A municipality drops a proposal."""

from uuid import UUID

from services.rights.domain.local_rule import LocalRule, withdraw
from services.rights.store import local_rules
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.rights import LocalRuleWithdrawn


async def withdraw_rule(tx: Transaction, rule_id: UUID, *, by: str, version: int) -> LocalRule:
    """The dropped proposal; it stays in the history. Raises NotFound, StaleVersion or RuleNotProposed."""
    proposal = await local_rules.own(tx, rule_id, lock=True)
    if proposal.version != version:
        raise StaleVersion(version, proposal.version)
    dropped = withdraw(proposal, by=by, at=tx.at)
    await local_rules.settle(tx, dropped)
    await tx.emit(LocalRuleWithdrawn(local_rule_id=dropped.id, version=dropped.version), version=dropped.version)
    return dropped
