"""Another person of the municipality publishes what was proposed."""

from uuid import UUID

from services.rights.domain.local_rule import LocalRule, publish
from services.rights.store import local_rules
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.rights import LocalRulePublished


async def publish_rule(tx: Transaction, rule_id: UUID, *, by: str, version: int) -> LocalRule:
    """The published rule, numbered. Raises NotFound, StaleVersion, RuleNotProposed or SamePerson."""
    proposal = await local_rules.own(tx, rule_id, lock=True)
    if proposal.version != version:
        raise StaleVersion(version, proposal.version)
    number = await local_rules.next_number(tx, proposal)
    published = publish(proposal, by=by, number=number, at=tx.at)
    await local_rules.settle(tx, published)
    await tx.emit(
        LocalRulePublished(local_rule_id=published.id, version=published.version),
        version=published.version,
    )
    return published
