"""What mapping tells: a child's profile has a new version (fetched by reference, always the newest), or someone is erased."""

from uuid import UUID

from services.rights.clients.mapping import MappingClient
from services.rights.domain.profile import Profile
from services.rights.features.assess_child import assess_child
from services.rights.features.erase_person import erase_person
from services.rights.features.forget_child import forget_child
from services.rights.features.start_again import start_again
from shared.db.transaction import Transaction
from shared.events.mapping import ProfileUpdated
from shared.kafka.subscriptions import Gaps, Subscription, forgetting


async def prepare_profile_updated(event: ProfileUpdated, mapping: MappingClient) -> Profile:
    """Fetches the profile. Raises NotFound when the child is gone, Unavailable while mapping is."""
    return await mapping.profile(event.child_id)


async def on_profile_updated(tx: Transaction, event: ProfileUpdated, prepared: Profile) -> None:
    """Judges the child by the fetched profile."""
    await assess_child(tx, prepared)


async def on_profile_gone(tx: Transaction, event: ProfileUpdated) -> None:
    """The child is gone: what was judged goes too."""
    await forget_child(tx, event.child_id)


async def reset_profile(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: what was judged is judged again from the start."""
    await start_again(tx, key)


SUBSCRIPTIONS = (
    forgetting(erase_person),
    Subscription(
        event=ProfileUpdated,
        prepare=prepare_profile_updated,
        on=on_profile_updated,
        gone=on_profile_gone,
        reset=reset_profile,
        gaps=Gaps.APPLY,
    ),
)
