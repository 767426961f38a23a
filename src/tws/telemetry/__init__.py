"""Logs, figures and words to systemd: what is told of the server to whoever runs it."""

from tws.telemetry.figures import (
    SECONDS,
    Counted,
    Distribution,
    Source,
    Timings,
    registry,
)
from tws.telemetry.lag import Lag
from tws.telemetry.logs import MASKED, Follower, follow, leave, personal, set_up
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
    "leave",
    "personal",
    "registry",
    "set_up",
    "tell_systemd",
]
