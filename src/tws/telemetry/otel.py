"""Traces go out by OTLP over HTTP: `pip install tws[otel]`.

Where to, with which headers, how many of them: the variables of OpenTelemetry's specification
(`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`,
`OTEL_SERVICE_NAME`, ...), which its library reads itself. A thread of its own gives spans out; a
collector that is away costs the spans, which are counted, and nothing else.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Span, SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from tws.telemetry.context import request_id
from tws.telemetry.spans import Open, Value

SECOND = 1_000_000_000
"In nanoseconds."
log = structlog.get_logger(__name__)


class _Ids(RandomIdGenerator):
    """A request's trace has the id by which log and problems name the request."""

    def generate_trace_id(self) -> int:
        own = request_id()
        return int(own, 16) if own else super().generate_trace_id()


class _Counting(SpanExporter):
    """Counts what the collector takes; of those days in which it does not the log has the first
    word and the last."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self.exported = self.failed = 0
        self._away = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self._exporter.export(spans)
        taken = result is SpanExportResult.SUCCESS
        if taken:
            self.exported += len(spans)
        else:
            self.failed += len(spans)
        if taken == self._away:
            self._away = not taken
            log.warning("traces are taken again" if taken else "traces are not taken")
        return result

    def shutdown(self) -> None:
        self._exporter.shutdown()


class _Open:
    def __init__(self, span: Span) -> None:
        self._span = span

    def tell(self, **attributes: Value) -> None:
        for name, value in attributes.items():
            self._span.set_attribute(f"tws.{name}", value)


class OtelTracer:
    """A `spans.Tracer`."""

    def __init__(self, version: str) -> None:
        # Its own words on standard error are no lines of our log.
        quiet = logging.getLogger("opentelemetry")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        named = {"service.name": "tws", "service.version": version}
        # What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say counts more than our own.
        resource = Resource(named).merge(OTELResourceDetector().detect())
        self._exporter = _Counting(OTLPSpanExporter())
        self._provider = TracerProvider(
            resource=resource, id_generator=_Ids(), shutdown_on_exit=False
        )
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer("tws", version)
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def within(self, name: str, *, traceparent: str | None, **attributes: Value) -> Iterator[Open]:
        context, kind = None, SpanKind.INTERNAL
        if traceparent is not None:
            kind = SpanKind.SERVER
            context = self._propagator.extract({"traceparent": traceparent}, Context())
        with self._tracer.start_as_current_span(
            name, context, kind, record_exception=False
        ) as span:
            open = _Open(span)
            open.tell(**attributes)
            yield open

    def record(self, name: str, seconds: float, **attributes: Value) -> None:
        now = time.time_ns()
        span = self._tracer.start_span(name, start_time=now - int(seconds * SECOND))
        _Open(span).tell(**attributes)
        span.end(now)

    @property
    def exported(self) -> int:
        return self._exporter.exported

    @property
    def failed(self) -> int:
        return self._exporter.failed

    def stop(self) -> None:
        self._provider.shutdown()
