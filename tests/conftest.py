"""Fixtures for every test: docs/testing.md has the cheat sheet."""

from collections.abc import Iterator

import pytest
import structlog

# A log line with an exception is plain: drawing every local variable of every frame, whole rulebooks among them, took minutes.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

pytest_plugins = ("tests.support.run", "tests.support.fixtures")


@pytest.fixture(autouse=True)
def one_consumer_at_a_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Consumer groups have fixed names, so only one process of the run uses the broker at a time: two would take each other's partitions."""
    if "broker" not in request.fixturenames:
        yield
        return
    from tests.support.run import only_one  # a plugin: not to be imported before pytest has

    with only_one("broker-in-use"):
        yield
