"""Logs, figures and words to systemd: what is told of the server to whoever runs it."""

from tws.telemetry.context import in_request, nobodys, request_id, trace_of
from tws.telemetry.figures import (
    SECONDS,
    Counted,
    Distribution,
    Source,
    Timings,
    registry,
)
from tws.telemetry.lag import Lag
from tws.telemetry.logs import MASKED, Follower, follow, leave, logs_steps, personal, set_up
from tws.telemetry.recent import recent
from tws.telemetry.spans import record, trace_with, tracer, within
from tws.telemetry.systemd import READY, STOPPING, Watchdog, tell_systemd

__all__ = [
    "MASKED",
    "READY",
    "SECONDS",
    "STOPPING",
    "Counted",
    "Distribution",
    "Follower",
    "Lag",
    "Source",
    "Timings",
    "Watchdog",
    "follow",
    "in_request",
    "leave",
    "logs_steps",
    "nobodys",
    "personal",
    "recent",
    "record",
    "registry",
    "request_id",
    "set_up",
    "tell_systemd",
    "trace_of",
    "trace_with",
    "tracer",
    "within",
]
