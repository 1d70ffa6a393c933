"""The one page that `make up` prints: what runs where, and what to do next."""

from collections.abc import Iterator

from deploy.local.environment import foreign_kafka, needs_postgres
from deploy.local.layout import Layout, port
from deploy.local.memory import megabytes, own_megabytes
from deploy.local.record import Record

_WHAT = {
    "kafka": "Apache Kafka",
    "postgres": "PostgreSQL",
    "issuer": "local ID-porten and Maskinporten",
    "register": "population register (simulated)",
    "gateway": "the one door",
}


def render(where: Layout, record: Record) -> str:
    """The page, with the memory as it is now."""
    return "\n".join([*_head(), "", *_table(record), "", *_foot(where)])


def _head() -> Iterator[str]:
    gateway = f"http://localhost:{port('gateway')}"
    issuer = f"http://localhost:{port('issuer')}"
    yield "Sømløs is running on this machine. Everything listens on 127.0.0.1 only, and every person in it is made up."
    yield ""
    yield f"  Gateway      {gateway}"
    yield f"  API docs     {gateway}/docs"
    yield f"  Log in       {issuer}   (who the synthetic people and the organisations' clients are; how: docs/logging-in.md)"
    yield "  The story    make demo"


def _table(record: Record) -> Iterator[str]:
    width = max(len(part.name) for part in record.parts)
    yield f"  {'part':<{width}} {'port':>6} {'pid':>8} {'memory':>8}   log"
    total = 0.0
    for part in record.parts:
        weight = (own_megabytes(part.pid) if part.pid == record.pid else megabytes(part.pid)) or 0.0
        total += weight
        name = f"{part.name:<{width}}"
        yield f"  {name} {part.port or '':>6} {part.pid:>8} {weight:>5.0f} MB   {part.log}{_what(part.name)}"
    yield f"  {'in all':<{width}} {'':>6} {'':>8} {total:>5.0f} MB   (PSS: shared pages counted once)"
    if record.ready_after_s is not None:
        yield f"  Ready after {record.ready_after_s:.1f} s."


def _what(name: str) -> str:
    return f"   ({_WHAT[name]})" if name in _WHAT else ""


def _foot(where: Layout) -> Iterator[str]:
    if foreign_kafka():
        yield "  Kafka: yours (KAFKA_BOOTSTRAP_SERVERS); topics, users and permissions are yours to make (deploy/kafka/topics.yaml)."
    if not needs_postgres():
        yield "  PostgreSQL: yours (DATABASE_URL_<SERVICE>)."
    yield f"  Data, keys and passwords: {where.state}"
    yield "  Stop it: Ctrl-C here, or make down. More: make help"
