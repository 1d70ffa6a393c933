"""A municipality proposes a local rule."""

from services.rights.domain.local_rule import LocalRule
from services.rights.store import local_rules
from shared.db.transaction import Transaction
from shared.events.rights import LocalRuleProposed


async def propose_rule(tx: Transaction, proposal: LocalRule) -> LocalRule:
    """The proposal, kept. It changes nothing for any family until somebody else publishes it."""
    await local_rules.add(tx, proposal)
    await tx.emit(
        LocalRuleProposed(local_rule_id=proposal.id, version=proposal.version),
        version=proposal.version,
    )
    return proposal
