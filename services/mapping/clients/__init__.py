"""The outside systems this service asks."""
