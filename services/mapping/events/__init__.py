"""What we hear from other services."""
