"""Of the process as a whole: what it is, its parts, its events, its loop."""

import gc
import platform
from collections.abc import Iterator

from tws import __version__
from tws.bus import Bus
from tws.maintenance.services import Services
from tws.telemetry import Lag, Source, tracer


def _traces() -> Iterator[Source]:
    traced = tracer()
    yield Source(
        name="tws_otel_spans",
        words="Spans of OpenTelemetry that the collector took, or did not",
        labels=("outcome",),
        values={}
        if traced is None
        else {("exported",): traced.exported, ("failed",): traced.failed},
        grows=True,
    )


def sources(bus: Bus, services: Services, lag: Lag) -> Iterator[Source]:
    yield Source(
        name="tws_build_info",
        words="1; the versions of TWS and of Python",
        labels=("version", "python"),
        values={(__version__, platform.python_version()): 1},
    )
    yield Source(
        name="tws_part_up",
        words="1 while a part of the server runs and does its work; not of what another node does",
        labels=("part",),
        values={(part,): up for part, up in services.running()},
    )
    yield Source(
        name="tws_event_loop_lag_seconds",
        words="How late the event loop came to what was due, looked at ten times a second",
        times={(): lag.seconds},
    )
    yield Source(
        name="tws_gc_collections",
        words="Runs of Python's collector, by generation",
        labels=("generation",),
        values={(str(n),): of["collections"] for n, of in enumerate(gc.get_stats())},
        grows=True,
    )
    yield from _traces()
    yield Source(
        name="tws_bus_events",
        words="Events published in this process",
        labels=("event",),
        values={(name,): count for name, count in bus.published.items()},
        grows=True,
    )
    yield Source(
        name="tws_bus_waiting",
        words="Events that wait for a handler, or are handled now",
        labels=("event",),
        values={(name,): count for name, count in bus.waiting.items()},
    )
    yield Source(
        name="tws_bus_dropped",
        words="Events dropped because their queue was full",
        labels=("event",),
        values={(name,): count for name, count in bus.dropped.items()},
        grows=True,
    )
    yield Source(
        name="tws_bus_failures",
        words="Events whose handler failed",
        labels=("event",),
        values={(name,): count for name, count in bus.failed.items()},
        grows=True,
    )
