"""Its store."""
