"""The systems that delivery asks."""
