"""Finds words in bytes, in every form they could lie in: as they are, escaped for JSON or an address, in hex, base64 or UTF-16."""

import json
import mmap
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.support.cluster import Cluster

_ALONE = re.compile(rb"(?<![0-9A-Za-z])[0-9]{11}(?![0-9A-Za-z])")


def forms(words: str) -> dict[str, bytes]:
    """The bytes to look for, by the name of their form."""
    plain = words.encode()
    found = {
        "as it is": plain,
        "escaped for JSON": json.dumps(words)[1:-1].encode(),
        "escaped for an address": quote(words).encode(),
        "in hex": plain.hex().encode(),
        "in UTF-16": words.encode("utf-16-le"),
    }
    for dropped in range(3):
        # In one of the three the words begin with a group of three bytes; what does not fill a group depends on what follows.
        groups = plain[dropped : dropped + (len(plain) - dropped) // 3 * 3]
        found[f"in base64, from byte {dropped}"] = b64encode(groups)
        found[f"in base64 for addresses, from byte {dropped}"] = urlsafe_b64encode(groups)
    return found


class Scanner:
    """Knows what must be nowhere: `needles` are words by what they are."""

    def __init__(self, needles: Mapping[str, str]) -> None:
        self._wanted = {(what, form): each for what, words in needles.items() for form, each in forms(words).items()}
        self._any = re.compile(b"|".join(re.escape(each) for each in set(self._wanted.values())))

    def found_in(self, content: "bytes | mmap.mmap") -> list[str]:
        """What is in there, and in which form."""
        if not self._any.search(content):
            return []
        return [f"{what}, {form}" for (what, form), needle in self._wanted.items() if content.find(needle) >= 0]

    def found_under(self, folder: Path) -> list[str]:
        """In any file below the folder: `file: what, form`."""
        return [f"{path.relative_to(folder)}: {hit}" for path in files_under(folder) for hit in self._in_file(path)]

    def _in_file(self, path: Path) -> list[str]:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return self.found_in(content)


def files_under(folder: Path) -> Iterator[Path]:
    """Every file with something in it; one that only reserves room (Kafka's indexes) has nothing."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and (found := path.stat()).st_size and found.st_blocks:
            yield path


def national_ids_in(content: bytes, known: Iterable[str]) -> set[str]:
    """Which of the known numbers stand alone in the text."""
    return {found.decode() for found in _ALONE.findall(content)} & set(known)


async def table_rows(cluster: Cluster) -> dict[str, bytes]:
    """Every row of every table of every database as text, as the administrator reads it: what a page would hide compressed is plain here."""
    found = {}
    for database in await _databases(cluster):
        connection = await asyncpg.connect(_admin(cluster, database))
        try:
            for schema, table in await connection.fetch(
                "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
            ):
                rows = await connection.fetch(f'select t::text as row from "{schema}"."{table}" t')
                found[f"{database}.{schema}.{table}"] = "\n".join(row["row"] for row in rows).encode()
        finally:
            await connection.close()
    return found


async def checkpoint(cluster: Cluster) -> None:
    """Everything that PostgreSQL has in memory is in its files."""
    connection = await asyncpg.connect(_admin(cluster, "postgres"))
    try:
        await connection.execute("checkpoint")
    finally:
        await connection.close()


async def _databases(cluster: Cluster) -> list[str]:
    connection = await asyncpg.connect(_admin(cluster, "postgres"))
    try:
        return [
            row["datname"] for row in await connection.fetch("select datname from pg_database where not datistemplate")
        ]
    finally:
        await connection.close()


def _admin(cluster: Cluster, database: str) -> str:
    password = (cluster.state / "secrets" / "postgres" / "postgres").read_text().strip()
    running = json.loads((cluster.state / "cluster.json").read_text())["parts"]
    port = next(part["port"] for part in running if part["name"] == "postgres")
    return f"postgresql://postgres:{password}@127.0.0.1:{port}/{database}"


async def records(cluster: Cluster) -> dict[str, bytes]:
    """Every record of every topic, unpacked: key, headers and value."""
    kafka = AIOKafkaConsumer(
        bootstrap_servers=cluster.kafka,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="SCRAM-SHA-512",
        sasl_plain_username="admin",
        sasl_plain_password=(cluster.state / "secrets" / "kafka" / "admin").read_text().strip(),
        group_id=None,
        auto_offset_reset="earliest",
    )
    await kafka.start()
    try:
        topics = sorted(topic for topic in await kafka.topics() if topic.startswith(("somlos.", "partner.")))
        kafka.subscribe(topics)
        await kafka.getmany(timeout_ms=1)
        partitions = [
            TopicPartition(topic, number) for topic in topics for number in kafka.partitions_for_topic(topic) or ()
        ]
        kafka.unsubscribe()
        kafka.assign(partitions)
        return await _whole(kafka, partitions)
    finally:
        await kafka.stop()


async def _whole(kafka: AIOKafkaConsumer, partitions: list[TopicPartition]) -> dict[str, bytes]:
    ends = await kafka.end_offsets(partitions)
    await kafka.seek_to_beginning(*partitions)
    found = {each.topic: b"" for each in partitions}
    while any([await kafka.position(each) < ends[each] for each in partitions]):
        for each, got in (await kafka.getmany(timeout_ms=200)).items():
            for record in got:
                said = [name.encode() + b": " + value for name, value in record.headers]
                found[each.topic] += b"\n".join([record.key or b"", *said, record.value or b"", b""])
    return found
