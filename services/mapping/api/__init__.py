"""Endpoints and what they answer."""
