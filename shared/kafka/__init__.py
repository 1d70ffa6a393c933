"""The only users of aiokafka: the way out (relay) and the way in (consumer)."""
