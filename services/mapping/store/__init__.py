"""Every SQL statement and data file of this service."""
