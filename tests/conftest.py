"""Fixtures for every test: docs/testing.md has the cheat sheet."""

pytest_plugins = ("tests.support.run", "tests.support.fixtures")
