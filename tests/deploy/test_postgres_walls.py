"""What deploy/postgres/service.sql makes: a role that works and owns nothing, a role that owns the schema, and nobody else gets in."""

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from tests.support.postgres import server


@pytest.fixture
async def status() -> AsyncIterator[tuple[PostgresServer, str]]:
    """A database of the status service, made by the SQL alone: no migration."""
    running, name = server(), f"walls_{uuid4().hex[:12]}"
    await running.create_service_database("status", name)
    yield running, name
    await running.drop(name)


async def ask(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return list(await connection.fetch(statement))
    finally:
        await connection.close()


async def test_neither_role_of_a_service_has_any_power_over_the_server(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    rows = await ask(
        running.admin_url(name),
        "select rolname from pg_roles where rolname in ('status', 'status_owner') and not (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication)",
    )
    assert {row["rolname"] for row in rows} == {"status", "status_owner"}


async def test_the_owner_owns_the_schema_and_the_service_owns_nothing(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    rows = await ask(
        running.admin_url(name), "select nspowner::regrole::text as owner from pg_namespace where nspname = 'status'"
    )
    assert [row["owner"] for row in rows] == ["status_owner"]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(running.url("status", name), "create table status.own (id int)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(running.url("status", name), "create extension citext")


async def test_the_owner_makes_no_other_schema_and_no_extension(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    await ask(running.owner_url("status", name), "create table status.own (id int)")
    for statement in ("create schema other", "create extension citext"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(running.owner_url("status", name), statement)


async def test_another_service_does_not_even_get_in(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    other = f"walls_{uuid4().hex[:12]}"
    await running.create_service_database("rights", other)  # so that its roles are there
    await running.drop(other)
    for url in (running.url("rights", name), running.owner_url("rights", name)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(url, "select 1")


async def test_a_wrong_password_is_refused(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    url = running.url("status", name).replace("+asyncpg", "")
    before, rest = url.split("@")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(f"{before[:-4]}0000@{rest}", "select 1")


async def test_made_twice_it_is_the_same(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    await running.create_service_database("status", name)
    found = await ask(running.url("status", name), "select current_schema as schema, similarity('abc', 'abc') as alike")
    assert [tuple(row) for row in found] == [("status", 1.0)]


async def test_norwegian_letters_are_upper_cased_and_unaccented(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    found = await ask(running.url("status", name), "select upper('æøå') as upper, unaccent('ÅåØøé') as plain")
    assert [tuple(row) for row in found] == [("ÆØÅ", "AaOoe")]


async def test_the_log_keeps_neither_statements_nor_values(status: tuple[PostgresServer, str]) -> None:
    running, name = status
    with pytest.raises(asyncpg.DataError):
        await ask(running.url("status", name), "select 'a-secret-value'::int")
    assert "a-secret-value" not in running.log.read_text()
