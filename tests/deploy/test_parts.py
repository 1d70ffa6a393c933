"""The table of parts: what is started, in which order, and what each is told."""

import socket
from pathlib import Path

import pytest

from deploy.local import parts as table
from deploy.local.layout import SERVICES, WITH_DATABASE, Layout
from deploy.local.supervisor import Part

VARIABLES = ("KAFKA_BOOTSTRAP_SERVERS", *(f"DATABASE_URL_{name.upper()}" for name in WITH_DATABASE))


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return Layout(state=tmp_path / "state", cache=tmp_path / "cache")


def parts(where: Layout, *, separate: bool = False) -> dict[str, Part]:
    return {part.name: part for part in table.parts(where, lambda _: None, separate=separate)}


def told(part: Part) -> dict[str, str]:
    return dict(part.command().environment)


def test_everything_is_there_and_the_jvm_starts_first(where: Layout) -> None:
    found = list(parts(where))
    assert found[0] == "kafka"
    assert set(found) == {"kafka", "postgres", "migrations", "issuer", "register", "gateway", *SERVICES}


def test_nobody_uses_a_schema_before_it_is_migrated(where: Layout) -> None:
    found = parts(where)
    assert found["migrations"].needs == ("postgres",)
    assert all("migrations" in found[name].needs for name in WITH_DATABASE)


def test_separate_gives_each_worker_a_process_of_its_own(where: Layout) -> None:
    found = parts(where, separate=True)
    assert {f"{name}-worker" for name in WITH_DATABASE} <= set(found)
    assert {told(found[name])["SOMLOS_RUN"] for name in SERVICES} == {"api"}
    assert told(found["rights-worker"])["SOMLOS_RUN"] == "worker"


@pytest.mark.parametrize("service", WITH_DATABASE)
def test_a_service_is_told_no_password_and_no_key_but_its_own(where: Layout, service: str) -> None:
    found = parts(where)
    secrets = {file.relative_to(where.secrets): file.read_text() for file in where.secrets.rglob("*") if file.is_file()}
    values = told(found[service]).values()
    known = {str(name) for name, text in secrets.items() if any(text in value for value in values)}
    assert known == {f"postgres/{service}", f"kafka/{service}"}
    named = {value for value in values if value.startswith(str(where.secrets))}
    assert all(f"/{service}." in value for value in named)
    assert len(named) == 3


def test_only_the_migrations_know_the_owners_passwords(where: Layout) -> None:
    owner = {name: (where.secrets / "postgres" / f"{name}_owner") for name in WITH_DATABASE}
    found = parts(where)
    for name, part in found.items():
        knows = [service for service, file in owner.items() if file.read_text() in " ".join(told(part).values())]
        assert knows == (list(WITH_DATABASE) if name == "migrations" else [])


def test_the_issuer_and_the_register_are_told_no_secret(where: Layout) -> None:
    found = parts(where)
    secrets = [file.read_text() for file in where.secrets.rglob("*") if file.is_file()]
    for name in ("issuer", "register"):
        text = " ".join(told(found[name]).values())
        assert not any(secret in text for secret in secrets)


def test_no_password_stands_on_a_command_line(where: Layout) -> None:
    found = parts(where)
    secrets = [file.read_text() for file in where.secrets.rglob("*") if file.is_file()]
    lines = [" ".join(part.command().arguments) for part in found.values()]
    assert not any(secret in line for secret in secrets for line in lines)


def test_a_kafka_and_databases_of_ones_own_are_used_and_ours_are_not_started(
    where: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "kafka.example.org:9093")
    monkeypatch.setenv("KAFKA_USERNAME_RIGHTS", "somlos-rights")
    for name in WITH_DATABASE:
        monkeypatch.setenv(f"DATABASE_URL_{name.upper()}", f"postgresql+asyncpg://{name}@db.example.org/{name}")
    found = parts(where)
    assert not {"kafka", "postgres"} & set(found)
    assert told(found["rights"])["KAFKA_BOOTSTRAP_SERVERS"] == "kafka.example.org:9093"
    assert told(found["rights"])["KAFKA_USERNAME"] == "somlos-rights"
    assert told(found["rights"])["DATABASE_URL"] == "postgresql+asyncpg://rights@db.example.org/rights"


def test_a_taken_port_is_named_with_what_to_do(where: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
        monkeypatch.setenv("SOMLOS_RIGHTS_PORT", str(number))
        lines = table.taken_ports(list(parts(where).values()))
    assert (
        f"Port {number}, meant for rights, is taken by another program. Stop it, or set SOMLOS_RIGHTS_PORT to a free port."
        in lines
    )


def test_a_port_that_is_none_is_a_sentence(where: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMLOS_RIGHTS_PORT", "eighty")
    with pytest.raises(SystemExit, match="SOMLOS_RIGHTS_PORT must be a port number, not 'eighty'"):
        parts(where)
