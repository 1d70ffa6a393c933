"""The way out to partners."""
