"""Kafka's faults: brokers killed, stopped, cut off and restarted under load; effects happen once, in order, and nothing is lost."""
