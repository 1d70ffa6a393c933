"""Traces: one trace from the gateway's request over HTTP and Kafka to the last projection. No SQL text, no path values, no personal data."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PROPAGATOR = TraceContextTextMapPropagator()
_EXPORT_DELAY_MS = 500
_tracer = trace.get_tracer("somlos")


class JsonLinesExporter(SpanExporter):
    """Writes each finished span as one line of JSON."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8")

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Appends the spans and flushes."""
        for span in spans:
            self._file.write(json.dumps(_line(span), ensure_ascii=False) + "\n")
        self._file.flush()
        return SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        """Closes the file."""
        self._file.close()


def _line(span: ReadableSpan) -> dict[str, Any]:
    spoken = span.get_span_context()
    return {
        "trace_id": f"{spoken.trace_id:032x}" if spoken else None,
        "span_id": f"{spoken.span_id:016x}" if spoken else None,
        "parent_id": f"{span.parent.span_id:016x}" if span.parent else None,
        "service": span.resource.attributes.get("service.name"),
        "name": span.name,
        "kind": span.kind.name.lower(),
        "start": span.start_time,
        "end": span.end_time,
        "status": span.status.status_code.name.lower(),
        "attributes": dict(span.attributes or {}),
    }


def start(service: str, *, traces_dir: Path | None, otlp_endpoint: str | None) -> TracerProvider | None:
    """Sends this process's spans to the OTLP endpoint, else to `<traces_dir>/<service>.jsonl`, else nowhere."""
    if not otlp_endpoint and not traces_dir:
        return None
    exporter = (
        OTLPSpanExporter(endpoint=otlp_endpoint) if otlp_endpoint else JsonLinesExporter(_file(traces_dir, service))
    )
    provider = TracerProvider(resource=Resource.create({"service.name": f"somlos-{service}"}))
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=_EXPORT_DELAY_MS))
    global _tracer  # noqa: PLW0603  (one tracer a process, set once at start)
    _tracer = provider.get_tracer("somlos")
    return provider


def _file(traces_dir: Path | None, service: str) -> Path:
    assert traces_dir is not None
    return traces_dir / f"{service}.jsonl"


@contextmanager
def span(
    name: str, kind: SpanKind = SpanKind.INTERNAL, *, parent: str | None = None, **attributes: str | int | bool
) -> Iterator[Span]:
    """A span around the block; `parent` is a traceparent from outside. An exception marks it, without its text."""
    outer = _PROPAGATOR.extract({"traceparent": parent}) if parent else None
    with _tracer.start_as_current_span(
        name, context=outer, kind=kind, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except BaseException as fault:
            current.set_status(StatusCode.ERROR)
            current.set_attribute("error.type", type(fault).__name__)
            raise


def traceparent() -> str | None:
    """The W3C traceparent of the span under way."""
    return headers().get("traceparent")


def headers() -> Mapping[str, str]:
    """The trace headers for an outgoing request."""
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier, context.get_current())
    return carrier


def trace_id() -> str | None:
    """The trace under way, as 32 hex digits."""
    spoken = trace.get_current_span().get_span_context()
    return f"{spoken.trace_id:032x}" if spoken.is_valid else None
