"""Mirrors the rooms of the mapping service."""
