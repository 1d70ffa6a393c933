"""No stranger gets in, nothing leaks, and what is told in confidence stays sealed."""
