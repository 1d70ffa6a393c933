"""Its contracts."""
