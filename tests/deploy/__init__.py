"""Tests of how Sømløs is run."""
