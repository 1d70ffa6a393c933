"""What mapping tells: someone is erased."""

from services.status.features.erase_person import erase_person
from shared.kafka.subscriptions import forgetting

SUBSCRIPTIONS = (forgetting(erase_person),)
