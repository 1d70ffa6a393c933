"""Traces: one trace from the gateway's request over HTTP and Kafka to the last projection. No SQL text, no path values, no personal data."""

import re
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import NonRecordingSpan, Span, SpanContext, SpanKind, StatusCode, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PROPAGATOR = TraceContextTextMapPropagator()
_TRACEPARENT = re.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_EMPTY = context.Context()
_EXPORT_DELAY_MS = 500
_IDS, _SAMPLED = RandomIdGenerator(), TraceFlags(TraceFlags.SAMPLED)
_tracer = trace.get_tracer("somlos")


@dataclass(frozen=True, slots=True)
class _Recorder:
    """Where finished spans go, and whose they are."""

    processor: SpanProcessor
    resource: Resource


_recorder: _Recorder | None = None


class JsonLinesExporter(SpanExporter):
    """Writes each finished span as one line of JSON."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Appends the spans and flushes."""
        for span in spans:
            self._file.write(orjson.dumps(_line(span), default=list, option=orjson.OPT_APPEND_NEWLINE))
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
    processor = BatchSpanProcessor(exporter, schedule_delay_millis=_EXPORT_DELAY_MS)
    provider.add_span_processor(processor)
    global _tracer, _recorder
    _tracer, _recorder = provider.get_tracer("somlos"), _Recorder(processor, provider.resource)
    return provider


def _file(traces_dir: Path | None, service: str) -> Path:
    assert traces_dir is not None
    return traces_dir / f"{service}.jsonl"


class _Around:
    """A span that is the current one inside a `with` block. An exception marks it, without its text."""

    __slots__ = ("_span", "_token")

    def __init__(self, started: Span) -> None:
        self._span = started

    def __enter__(self) -> Span:
        self._token = context.attach(trace.set_span_in_context(self._span))
        return self._span

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: object) -> None:
        if kind is not None:
            self._span.set_status(StatusCode.ERROR)
            self._span.set_attribute("error.type", kind.__name__)
        context.detach(self._token)
        self._span.end()


def span(
    name: str, kind: SpanKind = SpanKind.INTERNAL, *, parent: str | None = None, **attributes: str | int | bool
) -> AbstractContextManager[Span]:
    """A span around the block; `parent` is a traceparent from outside."""
    outer = _outside(parent) if parent else None
    return _Around(_tracer.start_span(name, context=outer, kind=kind, attributes=attributes, record_exception=False))


def mark(name: str, kind: SpanKind, *, parent: str | None, attributes: Mapping[str, str]) -> str | None:
    """A span of no length, for one of many things done at once: written as it is, without what a span under way needs. Its traceparent;
    None where spans go nowhere, or where the parent's trace is not recorded."""
    outer = trace.get_current_span(_outside(parent)).get_span_context() if parent else None
    if _recorder is None or (outer is not None and outer.is_valid and not outer.trace_flags.sampled):
        return None
    known = outer if outer is not None and outer.is_valid else None
    own = SpanContext(
        known.trace_id if known else _IDS.generate_trace_id(),
        _IDS.generate_span_id(),
        is_remote=False,
        trace_flags=_SAMPLED,
    )
    now = time.time_ns()
    _recorder.processor.on_end(
        ReadableSpan(name, own, known, _recorder.resource, attributes, kind=kind, start_time=now, end_time=now)
    )
    return _written(own)


def _outside(parent: str) -> context.Context:
    """The context of a traceparent from outside."""
    found = _TRACEPARENT.fullmatch(parent)
    if found is None:
        return _PROPAGATOR.extract({"traceparent": parent})
    trace_id, span_id, flags = (int(part, 16) for part in found.groups())
    spoken = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    return trace.set_span_in_context(NonRecordingSpan(spoken), _EMPTY) if spoken.is_valid else _EMPTY


def traceparent() -> str | None:
    """The W3C traceparent of the span under way."""
    return headers().get("traceparent")


def headers() -> Mapping[str, str]:
    """The trace headers for an outgoing request."""
    spoken = trace.get_current_span().get_span_context()
    if not spoken.is_valid:
        return {}
    carrier = {"traceparent": _written(spoken)}
    if spoken.trace_state:
        _PROPAGATOR.inject(carrier)
    return carrier


def _written(spoken: SpanContext) -> str:
    return f"00-{spoken.trace_id:032x}-{spoken.span_id:016x}-{spoken.trace_flags:02x}"


def trace_id() -> str | None:
    """The trace under way, as 32 hex digits."""
    spoken = trace.get_current_span().get_span_context()
    return f"{spoken.trace_id:032x}" if spoken.is_valid else None
