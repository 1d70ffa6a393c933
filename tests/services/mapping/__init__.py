"""Tests of the mapping service."""
