"""What can be asked of the rights service from outside."""
