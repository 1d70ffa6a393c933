"""The systems that this service asks."""
