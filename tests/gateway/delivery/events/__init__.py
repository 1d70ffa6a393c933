"""Delivery's events."""
