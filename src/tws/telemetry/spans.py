"""Spans of traces, as OpenTelemetry has them: what was done, within what, and how long it took.

Nothing is traced unless `trace_with` was told of a tracer (`tws.telemetry.otel`, an extra): until
then a span costs a tenth of a microsecond. No attribute says anything of people.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Value = str | int | float | bool


class Open(Protocol):
    """A span that goes on."""

    def tell(self, **attributes: Value) -> None:
        """More of what is known of it."""


class Tracer(Protocol):
    def within(
        self, name: str, *, traceparent: str | None, **attributes: Value
    ) -> AbstractContextManager[Open]:
        """What is done within belongs to it. `traceparent`: the header of the request that it
        answers; None = it answers none."""

    def record(self, name: str, seconds: float, **attributes: Value) -> None:
        """Something that ends now, within what is done here."""

    @property
    def exported(self) -> int: ...

    @property
    def failed(self) -> int:
        """Spans that the collector did not take."""

    def stop(self) -> None:
        """Give out what waits; blocks, for seconds at most."""


class _Nothing:
    def tell(self, **attributes: Value) -> None:
        return


_NOTHING = nullcontext[Open](_Nothing())
_tracer: Tracer | None = None


def trace_with(tracer: Tracer | None) -> None:
    """From now on; None = nothing is traced."""
    global _tracer
    _tracer = tracer


def tracer() -> Tracer | None:
    return _tracer


def within(
    name: str, *, traceparent: str | None = None, **attributes: Value
) -> AbstractContextManager[Open]:
    if _tracer is None:
        return _NOTHING
    return _tracer.within(name, traceparent=traceparent, **attributes)


def record(name: str, seconds: float, **attributes: Value) -> None:
    if _tracer is not None:
        _tracer.record(name, seconds, **attributes)
