"""Its domain."""
