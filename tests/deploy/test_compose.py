"""The container files, read as data: no container engine is at hand."""

import re
from typing import Any

import pytest
import yaml

from deploy.local.layout import PORTS, ROOT, SERVICES, WITH_DATABASE

DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def test_every_process_has_a_container(compose: dict[str, Any]) -> None:
    workers = {f"{name}-worker" for name in WITH_DATABASE} | {f"{name}-migration" for name in WITH_DATABASE}
    assert {"postgres", "kafka", "kafka-admin", "issuer", "register", "gateway", *SERVICES, *workers} <= set(
        compose["services"]
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_known_by_the_same_address_everywhere(compose: dict[str, Any], service: str) -> None:
    port = PORTS[service][1]
    assert compose["services"][service]["environment"][f"SOMLOS_{service.upper()}_PORT"] == str(port)
    assert compose["services"]["gateway"]["environment"][f"{service.upper()}_URL"] == f"http://{service}:{port}"


@pytest.mark.parametrize("service", WITH_DATABASE)
def test_only_the_migration_knows_the_owners_password(compose: dict[str, Any], service: str) -> None:
    owner = f"{service.upper()}_OWNER_DB_PASSWORD"
    knowing = {name for name, part in compose["services"].items() if owner in yaml.safe_dump(part)}
    assert knowing == {"postgres", f"{service}-migration"}


def test_nothing_but_the_gateway_and_the_issuer_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    published = {name: part["ports"] for name, part in compose["services"].items() if "ports" in part}
    assert published == {"gateway": ["127.0.0.1:8080:8080", "127.0.0.1:8081:8081"]}


def test_every_password_has_to_be_given(compose: dict[str, Any]) -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    secrets = re.findall(r"\$\{([A-Z_]*(?:PASSWORD|CLUSTER_ID))([^}]*)\}", text)
    assert len(secrets) > 10
    assert [name for name, rest in secrets if not rest.startswith(":?")] == []


def test_images_are_named_with_a_version(compose: dict[str, Any]) -> None:
    images = [part["image"] for part in compose["services"].values() if "image" in part]
    images += re.findall(r"^FROM (\S+/\S+) AS", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert len(images) >= 5
    assert [image for image in images if ":" not in image or image.endswith(":latest")] == []


def test_each_build_names_a_stage_of_the_dockerfile(compose: dict[str, Any]) -> None:
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE))
    used = {part["build"]["target"] for part in compose["services"].values() if "build" in part}
    assert used == {"service", "gateway", "local", "admin"}
    assert used < stages


def test_the_containers_know_the_same_secrets_as_are_made(compose: dict[str, Any]) -> None:
    from deploy.local.compose_secrets import variables

    made = {
        line.split("=")[0]
        for line in variables({"admin": "a", **dict.fromkeys(("gateway", *SERVICES), "b")}).splitlines()
    }
    wanted = set(re.findall(r"\$\{([A-Z_]+):\?", (DEPLOY / "compose.yaml").read_text()))
    assert wanted <= made
