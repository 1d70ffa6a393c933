"""Delivery's clients."""
