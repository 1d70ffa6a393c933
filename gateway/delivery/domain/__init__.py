"""What there is to tell a partner, and whom."""
