"""The systems this service asks."""
