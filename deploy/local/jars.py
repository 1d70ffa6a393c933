"""The broker's jars: fetched once by the lock's coordinates, and compared with the lock's SHA-256 before every start."""

import hashlib
import os
import threading
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from deploy.local.layout import ROOT, cache_directory
from deploy.local.process import StartFailed

LOCK = ROOT / "deploy" / "kafka" / "jgo.lock.toml"
_THREADS = 8
_SHOWN_EVERY = 10


class Changed(StartFailed):
    """A jar is not what the lock says."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the lock."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file(self) -> str:
        """Its name on disk."""
        return f"{self.artifact}-{self.version}.jar"

    @property
    def path(self) -> str:
        """Its place in a Maven repository."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.file}"


def locked(lock: Path = LOCK) -> list[Jar]:
    """The jars that the lock names."""
    entries = tomllib.loads(lock.read_text())["dependencies"]
    return [Jar(entry["groupId"], entry["artifactId"], entry["version"], entry["sha256"]) for entry in entries]


def fingerprint(lock: Path = LOCK) -> str:
    """Twelve characters that change when any jar does."""
    return hashlib.sha256("".join(sorted(jar.sha256 for jar in locked(lock))).encode()).hexdigest()[:12]


class JarStore:
    """A folder of jars that many clusters may share."""

    def __init__(self, folder: Path | None = None, lock: Path = LOCK) -> None:
        self.folder = folder or cache_directory() / "jars"
        self.jars = locked(lock)
        self.stopped = threading.Event()

    def classpath(self) -> str:
        """What `java -cp` wants, in the lock's order."""
        return os.pathsep.join(str(self.folder / jar.file) for jar in self.jars)

    def ensure(self, report: Callable[[str], None] = lambda _: None) -> None:
        """Fetch what is missing, then compare every jar with the lock."""
        self.stopped.clear()
        missing = [jar for jar in self.jars if not (self.folder / jar.file).exists()]
        if missing:
            self._fetch(missing, report)
        self.verify()

    def verify(self) -> None:
        """Raise `Changed` unless every jar has the SHA-256 that the lock names."""
        changed = [jar.file for jar in self.jars if _digest(self.folder / jar.file) != jar.sha256]
        if changed:
            raise Changed(
                f"{len(changed)} of {len(self.jars)} jars in {self.folder} are not what deploy/kafka/jgo.lock.toml says: {', '.join(changed)}. "
                "Nothing was started. Find out why; remove these files to have them fetched again."
            )

    def _fetch(self, missing: list[Jar], report: Callable[[str], None]) -> None:
        import requests  # slow to import, and needed once

        self.folder.mkdir(parents=True, exist_ok=True)
        report(f"Kafka: fetching {len(missing)} jars, once for this machine")
        done = 0
        with requests.Session() as session, ThreadPoolExecutor(_THREADS) as pool:
            for _ in pool.map(lambda jar: self._fetch_one(session, jar), missing):
                done += 1
                if done % _SHOWN_EVERY == 0 or done == len(missing):
                    report(f"Kafka: {done} of {len(missing)} jars")

    def _fetch_one(self, session: "requests.Session", jar: Jar) -> None:  # type: ignore[name-defined] # noqa: F821 -- imported late
        import requests

        if self.stopped.is_set():
            return
        try:
            answer = session.get(f"{_address()}/{jar.path}", timeout=(10, 60))
            answer.raise_for_status()
        except requests.RequestException as error:
            self.stopped.set()
            raise StartFailed(
                f"{jar.file} could not be fetched ({type(error).__name__}). The first start needs the network; after it none is needed. "
                f"Behind a proxy set HTTPS_PROXY and REQUESTS_CA_BUNDLE, or copy a filled {self.folder} from another machine."
            ) from error
        found = hashlib.sha256(answer.content).hexdigest()
        if found != jar.sha256:
            self.stopped.set()
            raise Changed(
                f"{jar.file} as fetched has SHA-256 {found}, the lock says {jar.sha256}. Nothing was kept, nothing was started."
            )
        partial = self.folder / f".{jar.file}.{os.getpid()}.{threading.get_ident()}"
        partial.write_bytes(answer.content)
        partial.replace(self.folder / jar.file)


def _address() -> str:
    """The Maven repository: `SOMLOS_MAVEN_URL`, or the one that jgo knows."""
    own = os.environ.get("SOMLOS_MAVEN_URL")
    if own:
        return own.rstrip("/")
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jgo's platformdirs warns about a runtime folder that nobody uses here
        from jgo.constants import MAVEN_CENTRAL_URL
    return str(MAVEN_CENTRAL_URL).rstrip("/")


def _digest(file: Path) -> str:
    if not file.exists():
        return "missing"
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
