"""One trace drawn as a tree: from the gateway over HTTP and Kafka to the last projection."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Span = dict[str, Any]
_MILLISECOND = 1_000_000


def spans_of(folder: Path, trace_id: str) -> list[Span]:
    """Every span of the trace that the processes have written so far."""
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines if trace_id in line and line.endswith("}\n")]
    return [span for span in found if span["trace_id"] == trace_id]


def roots(spans: list[Span]) -> list[Span]:
    """The spans whose parent is not among them: one, when every process has written its part."""
    known = {span["span_id"] for span in spans}
    return [span for span in spans if span["parent_id"] not in known]


def drawn(spans: list[Span]) -> Iterator[str]:
    """The tree, a line a span: service, what it did, how long it took, and when after the start."""
    known = {span["span_id"] for span in spans}
    children: dict[str | None, list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda s: s["start"]):
        children[span["parent_id"] if span["parent_id"] in known else None].append(span)
    start = min(span["start"] for span in spans)
    for root in children[None]:
        yield _line(root, start, "")
        yield from _below(root, children, start, "")


def _below(span: Span, children: dict[str | None, list[Span]], start: int, indent: str) -> Iterator[str]:
    below = children[span["span_id"]]
    for place, child in enumerate(below):
        last = place == len(below) - 1
        yield _line(child, start, indent + ("└─ " if last else "├─ "))
        yield from _below(child, children, start, indent + ("   " if last else "│  "))


def _line(span: Span, start: int, indent: str) -> str:
    took = (span["end"] - span["start"]) / _MILLISECOND
    after = (span["start"] - start) / _MILLISECOND
    return f"{indent}{span['service'].removeprefix('somlos-')}: {span['name']}  ({took:.1f} ms, at {after:.0f} ms)"
