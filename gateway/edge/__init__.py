"""At the door: token profiles, the fixed route table, limits, token exchange and the proxy."""
