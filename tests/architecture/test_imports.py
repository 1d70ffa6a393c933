"""The import rules hold, and each of them breaks when it is broken on purpose."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PACKAGES = ("services", "gateway", "shared", "deploy")
SERVICES = ("mapping", "rights", "catalog", "applications", "status")

# What is planted: contract, file, added line. At least one for each contract; each "never" of the table is one.
PLANTED = (
    ("services-are-independent", "services/rights/features/planted_other.py", "import services.mapping.domain.errors"),
    ("shared-knows-no-one", "shared/planted_service.py", "import services.rights.domain.errors"),
    ("shared-knows-no-one", "shared/planted_gateway.py", "import gateway.settings"),
    ("services-know-no-door", "services/status/planted_gateway.py", "import gateway.settings"),
    ("services-know-no-door", "services/status/planted_deploy.py", "import deploy.local.ports"),
    ("gateway-knows-shared-only", "gateway/edge/planted.py", "import services.catalog.domain.errors"),
    ("room-worker", "services/rights/worker.py", "import services.rights.api.problems"),
    ("room-settings", "services/rights/settings.py", "import services.rights.store.tables"),
    ("room-api", "services/applications/api/planted_sql.py", "import sqlalchemy"),
    ("room-api", "services/applications/api/planted_kafka.py", "import aiokafka"),
    ("room-api", "services/applications/api/planted_relay.py", "import shared.kafka.relay"),
    ("room-events", "services/rights/events/planted_http.py", "import fastapi"),
    ("room-events", "services/rights/events/planted_api.py", "import services.rights.api.problems"),
    (
        "room-features",
        "services/applications/features/planted_feature.py",
        "import services.applications.features.submit_application",
    ),
    ("room-features", "services/applications/features/planted_http.py", "import fastapi"),
    ("room-features", "services/applications/features/planted_kafka.py", "import aiokafka"),
    ("room-features", "services/applications/features/planted_client.py", "import httpx"),
    ("room-store", "services/mapping/store/planted.py", "import fastapi"),
    ("room-clients", "services/mapping/clients/planted.py", "import services.mapping.store.tables"),
    ("room-domain", "services/mapping/domain/planted_pydantic.py", "import pydantic"),
    ("room-domain", "services/mapping/domain/planted_chance.py", "import random"),
    ("room-domain", "services/mapping/domain/planted_store.py", "import services.mapping.store.tables"),
    ("room-bulk", "services/rights/bulk/planted.py", "import services.rights.features.answer_child"),
    ("only-bulk-knows-numpy", "services/rights/domain/planted_columns.py", "import numpy"),
    ("events-are-a-language", "shared/events/planted.py", "import httpx"),
    ("shared-domain-is-pure", "shared/dates.py", "import time"),
    ("only-shared-kafka-speaks-kafka", "shared/planted_kafka.py", "import aiokafka"),
    ("only-stores-speak-sql", "shared/planted_sql.py", "import sqlalchemy"),
    ("only-shared-crypto-encrypts", "shared/planted_cipher.py", "import cryptography"),
    ("nobody-imports-main", "shared/planted_main.py", "import services.rights.main"),
)


def lint_imports(tree: Path) -> str:
    """What import-linter says of `tree`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    answer = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"}
    )
    return answer.stdout + answer.stderr


def copy_of_the_tree(into: Path) -> None:
    """The Python files and contracts, without data and without tests."""
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            target = into / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copyfile(ROOT / ".importlinter", into / ".importlinter")
    for name in ("tests/__init__.py", "tests/architecture/__init__.py", "tests/architecture/contract_types.py"):
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, into / name)


def plant(tree: Path, path: str, line: str) -> None:
    """Add `line` to the file, making the file, its folders and what it imports where they are missing."""
    _touch(tree, path)
    with (tree / path).open("a") as file:
        file.write(f"\n{line}\n")
    imported = line.removeprefix("import ").replace(".", "/")
    if imported.split("/")[0] in PACKAGES and not (tree / imported).is_dir():
        _touch(tree, f"{imported}.py")


def _touch(tree: Path, path: str) -> None:
    file = tree / path
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in [file.parent, *file.parent.parents]:
        if folder == tree:
            break
        (folder / "__init__.py").touch()
    file.touch()


@pytest.fixture(scope="module")
def said_of_the_planted_tree(tmp_path_factory):
    tree = tmp_path_factory.mktemp("planted")
    copy_of_the_tree(tree)
    for _, path, line in PLANTED:
        plant(tree, path, line)
    return lint_imports(tree)


def contracts() -> dict[str, str]:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    start = "importlinter:contract:"
    return {name.removeprefix(start): config[name]["name"] for name in config.sections() if name.startswith(start)}


def test_the_tree_keeps_every_contract():
    said = lint_imports(ROOT)
    assert re.search(r"\d+ kept, 0 broken", said), said


def test_each_contract_has_a_planted_violation():
    assert set(contracts()) == {contract for contract, _, _ in PLANTED}


@pytest.mark.parametrize("contract", contracts())
def test_a_planted_violation_breaks_its_contract(said_of_the_planted_tree, contract):
    assert re.search(rf"^{re.escape(contracts()[contract])} BROKEN", said_of_the_planted_tree, re.MULTILINE), (
        said_of_the_planted_tree
    )


@pytest.mark.parametrize(("contract", "path", "line"), PLANTED)
def test_a_broken_contract_names_the_import(said_of_the_planted_tree, contract, path, line):
    importer = path.removesuffix(".py").replace("/", ".")
    imported = line.removeprefix("import ")
    described = said_of_the_planted_tree.partition("Broken contracts")[2].partition(contracts()[contract])[2]
    assert re.search(rf"{re.escape(importer)} *-> *{re.escape(imported)}", described), said_of_the_planted_tree
