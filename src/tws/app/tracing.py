"""Traces of OpenTelemetry, where the settings ask for them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tws import __version__, telemetry
from tws.config import Settings
from tws.errors import Unavailable
from tws.register import NotInstalled, Register
from tws.telemetry.spans import Tracer

TRACERS = Register[Callable[[str], Tracer]]({"otel": "tws.telemetry.otel:OtelTracer [otel]"})


@asynccontextmanager
async def traced(settings: Settings) -> AsyncIterator[None]:
    """What is done within is traced. Unavailable where the extra is not installed."""
    if not settings.otel:
        yield
        return
    try:
        tracer = TRACERS.load("otel")(__version__)
    except NotInstalled as missing:
        raise Unavailable(f"TWS_OTEL: {missing.said}") from missing
    telemetry.trace_with(tracer)
    try:
        yield
    finally:
        telemetry.trace_with(None)
        await asyncio.to_thread(tracer.stop)
