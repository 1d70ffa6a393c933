"""Every service has the same rooms and nothing beside them."""

import re
from pathlib import PurePath

import pytest

from deploy.local.layout import SERVICES
from tests.architecture.sources import tracked_files

FILES = {"__init__.py", "main.py", "worker.py", "settings.py"}
BY_HAND = {"services/mapping/erase.py", "services/rights/rules.py"}
"""Commands that a person runs in the service's own environment; they name no other room's work, they call one feature."""
ROOMS = {"api", "events", "features", "store", "clients", "domain", "data"}
A_ROOM_MORE = ("services/rights/bulk/",)
"""The one room that one service alone has: many people judged at once, by hand, with a library that no service needs."""
ALWAYS = ("__init__.py", "main.py", "settings.py", "api/problems.py", "domain/errors.py")
WITH_EVENTS = ("worker.py", "store/tables.py")
PLACE = re.compile(r"services/(\w+)/(.+)")


def outside_the_rooms(paths: list[str]) -> list[str]:
    """Files of a service that stand in no room of the house plan."""
    found = []
    for path in paths:
        place = PLACE.fullmatch(path)
        if (
            path not in BY_HAND
            and not path.startswith(A_ROOM_MORE)
            and place
            and not (place[2] in FILES or ("/" in place[2] and place[2].split("/")[0] in ROOMS))
        ):
            found.append(f"{path}: not a room of the house")
    return found


def misplaced(paths: list[str]) -> list[str]:
    """Python in data, and data in a room for Python."""
    found = []
    for path in paths:
        place = PLACE.fullmatch(path)
        if place and "/" in place[2]:
            in_data, is_python = place[2].startswith("data/"), PurePath(path).suffix == ".py"
            if in_data and is_python and PurePath(path).name != "__init__.py":
                found.append(f"{path}: data holds no Python")
            if not in_data and not is_python:
                found.append(f"{path}: only data/ holds data")
    return found


def missing(service: str, paths: list[str]) -> list[str]:
    """What every service has."""
    own = {path.removeprefix(f"services/{service}/") for path in paths if path.startswith(f"services/{service}/")}
    wanted = [*ALWAYS, *(WITH_EVENTS if any(name.startswith("store/migrations/versions/") for name in own) else ())]
    return [f"services/{service}/{name} is missing" for name in wanted if name not in own]


def test_every_file_of_a_service_stands_in_a_room():
    paths = list(tracked_files())
    assert outside_the_rooms(paths) == []
    assert misplaced(paths) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_its_rooms(service):
    assert missing(service, list(tracked_files())) == []


def test_there_are_five_services():
    assert {
        place[1]
        for path in tracked_files()
        if (place := PLACE.fullmatch(path)) and "/" in path.removeprefix("services/")
    } == set(SERVICES)


@pytest.mark.parametrize(
    "path", ["services/rights/engine/tree.py", "services/rights/tree.py", "services/status/bulk/columns.py"]
)
def test_a_room_of_ones_own_is_refused(path):
    assert outside_the_rooms([path])
    assert outside_the_rooms(["services/rights/domain/tree.py", "services/rights/data/rules/bpa.yaml"]) == []


def test_python_in_data_and_data_elsewhere_are_refused():
    assert misplaced(["services/rights/data/load.py"])
    assert misplaced(["services/rights/domain/rates.yaml"])


def test_a_service_without_its_rooms_is_refused():
    assert missing("rights", ["services/rights/__init__.py"])
    assert missing("rights", [f"services/rights/{name}" for name in ALWAYS]) == []
