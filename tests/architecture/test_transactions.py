"""One transaction, seen by its indent: no commit elsewhere, no ORM, no SQL outside the store, no network inside."""

import ast
import re

import pytest

from tests.architecture.sources import CODE, at, dotted, faults, parse

SQL_ROOMS = re.compile(r"shared/(db|kafka)/|services/\w+/store/|gateway/delivery/store/|deploy/")
ORM = re.compile(r"sqlalchemy\.(orm|ext\.(declarative|automap))|sqlmodel|tortoise|peewee|pony")
ORM_NAMES = {"AsyncSession", "async_sessionmaker", "sessionmaker", "declarative_base", "DeclarativeBase"}


def commit(path: str, text: str) -> list[str]:
    """`Database.begin` commits; Kafka offsets are committed with the offsets named."""
    return [
        at(path, node, "commit() outside shared/db")
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
        if not path.startswith("shared/db/") and not (path.startswith("shared/kafka/") and (node.args or node.keywords))
    ]


def orm(path: str, text: str) -> list[str]:
    """SQLAlchemy Core everywhere."""
    found = []
    for node in ast.walk(parse(text)):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names = []
        if isinstance(node, ast.ImportFrom):
            modules, names = [node.module or ""], [alias.name for alias in node.names]
        if any(ORM.match(module) for module in modules) or ORM_NAMES & set(names):
            found.append(at(path, node, "an ORM"))
    return found


def sql_outside_the_store(path: str, text: str) -> list[str]:
    """Every SQL statement of a service is in its store."""
    if SQL_ROOMS.match(path):
        return []
    return [
        at(path, node, f"{dotted(node)} outside the store")
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Attribute)
        and dotted(node).endswith(("connection.execute", "connection.scalar", "connection.exec_driver_sql"))
    ]


def network_inside(path: str, text: str) -> list[str]:
    """No call of a client within `async with database.begin(...)`."""
    tree = parse(text)
    clients = {"clients", "client", "http"} | {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and ".clients" in (node.module or "")
        for alias in node.names
    }
    return [
        at(path, call, f"{dotted(call.value)} inside a transaction")
        for block in ast.walk(tree)
        if isinstance(block, ast.AsyncWith) and any(_begins(item.context_expr) for item in block.items)
        for call in ast.walk(block)
        if isinstance(call, ast.Await) and isinstance(call.value, ast.Call) and _names(call.value.func) & clients
    ]


def _begins(expression: ast.expr) -> bool:
    return (
        isinstance(expression, ast.Call)
        and isinstance(expression.func, ast.Attribute)
        and expression.func.attr == "begin"
    )


def _names(function: ast.expr) -> set[str]:
    return set(dotted(function).replace("()", "").split("."))


@pytest.mark.parametrize("rule", [commit, orm, sql_outside_the_store, network_inside])
def test_the_code_keeps_the_rule(rule):
    assert faults(rule, *CODE) == []


def test_a_commit_is_refused_outside_shared_db():
    assert commit("services/rights/api/rights.py", "await tx.connection.commit()")
    assert commit("shared/db/transaction.py", "await connection.commit()") == []


def test_a_bare_commit_of_offsets_is_refused():
    assert commit("shared/kafka/consumer.py", "await consumer.commit()")
    assert commit("shared/kafka/consumer.py", "await consumer.commit({partition: offset})") == []


@pytest.mark.parametrize(
    "line",
    ["from sqlalchemy.orm import Mapped", "import sqlalchemy.orm", "from sqlalchemy.ext.asyncio import AsyncSession"],
)
def test_an_orm_is_refused(line):
    assert orm("services/rights/store/rights.py", line)


def test_sql_outside_the_store_is_refused():
    line = "rows = await tx.connection.execute(statement)"
    assert sql_outside_the_store("services/rights/features/assess_rights.py", line)
    assert sql_outside_the_store("services/rights/store/assessments.py", line) == []


def test_a_client_inside_a_transaction_is_refused():
    inside = (
        "async def on(db):\n    async with db.begin(principal) as tx:\n        await clients.mapping.profile(child)\n"
    )
    before = "async def on(db):\n    profile = await clients.mapping.profile(child)\n    async with db.begin(principal) as tx:\n        await keep(tx, profile)\n"
    assert network_inside("services/rights/events/mapping.py", inside)
    assert network_inside("services/rights/events/mapping.py", before) == []
