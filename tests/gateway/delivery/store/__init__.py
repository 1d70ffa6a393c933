"""Delivery's store."""
