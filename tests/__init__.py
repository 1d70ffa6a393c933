"""Everything that checks Sømløs; docs/testing.md says how."""
