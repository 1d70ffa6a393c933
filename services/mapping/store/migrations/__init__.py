"""Revisions of the schema mapping."""
