"""JSON lines: a constant sentence plus fields. Fields that could hold personal data are dropped by name."""

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from shared import telemetry

DROPPED = frozenset(
    {
        "national_id", "pid", "fnr", "name", "names", "given_name", "family_name", "birth_date", "address", "kommunenummer", "municipality", "value", "values",
        "facts", "answers", "text", "free_text", "body", "token", "authorization", "assertion", "cookie", "password", "secret", "query", "url", "path",
    }
)  # fmt: skip
_ELEVEN_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9]{11}(?![0-9A-Za-z])")
_LONGEST = 300
_SPARING_SECONDS, _MOST_SENTENCES = 30.0, 200


def _drop_personal_data(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for field, value in list(event.items()):
        if field in DROPPED or (isinstance(value, str) and field != "event" and _looks_like_national_id(value)):
            event[field] = "[dropped]"
    return event


def _looks_like_national_id(value: str) -> bool:
    """Eleven digits that stand alone: part of a hexadecimal id they do not."""
    return bool(_ELEVEN_DIGITS.search(value))


def _add_trace(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if found := telemetry.trace_id():
        event["trace_id"] = found
    return event


def _named(service: str) -> structlog.typing.Processor:
    def add_service(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    return add_service


def start(service: str, level: str = "INFO") -> None:
    """Sends this process's log to standard error as JSON lines."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _named(service),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_trace,
            _exception_class_only,
            _drop_personal_data,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OthersFormatter(service))
    handler.addFilter(_Sparing())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Sparing(logging.Filter):
    """Of what aiokafka repeats, one line in a while: with the broker away it says the same ten times a second, half a gigabyte a day."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        if not record.name.startswith("aiokafka"):
            return True
        key = (record.name, str(record.msg))
        if record.created - self._last.get(key, 0.0) < _SPARING_SECONDS:
            return False
        if len(self._last) >= _MOST_SENTENCES:
            self._last.clear()
        self._last[key] = record.created
        return True


class _OthersFormatter(logging.Formatter):
    """What libraries log: short, one line of JSON, no long numbers, never an exception's text."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        said = re.sub(r"\d{6,}", "[dropped]", record.getMessage())[:_LONGEST]
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        return json.dumps(
            {
                "service": self._service,
                "level": record.levelname.lower(),
                "logger": record.name,
                "event": said,
                "error": fault,
            },
            ensure_ascii=False,
        )


def _exception_class_only(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception's text may quote a person's data: only its classes and places are kept."""
    fault = event.pop("exc_info", None)
    if isinstance(fault, BaseException):
        event["error"] = type(fault).__name__
        event["at"] = _places(fault)
    return event


def _places(fault: BaseException) -> list[str]:
    places, step = [], fault.__traceback__
    while step:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 3)[-1]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places[-12:]


def get(room: str) -> structlog.typing.FilteringBoundLogger:
    """A logger for one room of the house."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(room=room)
    return logger
